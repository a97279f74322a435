import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ChallengeId, MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { MAXIMUM_LIMIT } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Booking, RosterStore, SessionInstance } from "../../moveos/index.ts";
import { authorize, Member, MemberStore } from "../../platform/index.ts";
import {
  AdherenceSummary,
  MovementEvent,
  ParticipantProgress,
  ParticipantStore,
  PulseLoop,
  StreakSummary,
} from "../../pulseloop/index.ts";
import { isOpen } from "../domain/JourneyEnrollment.ts";
import { JourneySummary, summarize } from "../domain/JourneySummary.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { evaluateEnrollment } from "./EvaluateEnrollments.ts";

/** **Shape** without `asOf`, as of today where the member lives. */
export const GetMemberSummary = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "GetMemberSummary" });

/** How many bookings a summary shows, and how many days of movements. */
const BOOKINGS_SHOWN = 5;
const DAYS_SHOWN = 7;

/**
 * A member at a glance: who it is, how it goes, what it did in the last seven days, what it takes part in, what comes next.
 *
 * **Shape** `challenges` whose window holds the day; `journeys` it is on, paused ones too.
 */
export const MemberSummary = Schema.Struct({
  member: Member,
  streak: StreakSummary,
  adherence: AdherenceSummary,
  recentMovements: Schema.Array(MovementEvent),
  challenges: Schema.Array(Schema.Struct({ challengeId: ChallengeId, progress: ParticipantProgress })),
  journeys: Schema.Array(JourneySummary),
  upcoming: Schema.Array(Schema.Struct({ booking: Booking, session: SessionInstance })),
}).annotate({ identifier: "MemberSummary" });

/** A member at a glance, as of a civil day. */
export const getMemberSummary = UseCase.query(
  "GetMemberSummary",
  { command: GetMemberSummary, answer: MemberSummary, first: ({ memberId }) => authorize("member:read", memberId) },
  function* (command, { tenantId }) {
    const { memberId } = command;
    const pulseLoop = yield* PulseLoop;
    const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
    const streak = yield* pulseLoop.getStreak(command);
    const { asOf } = streak;
    const adherence = yield* pulseLoop.getAdherenceSummary(command);
    const { items: recentMovements } = yield* pulseLoop.listMovementEvents({
      memberId,
      from: CivilDate.addDays(asOf, 1 - DAYS_SHOWN),
      to: asOf,
    });

    const taken = yield* ParticipantStore.use((store) =>
      store.touching(tenantId, [memberId], { from: asOf, to: asOf }),
    );
    const challenges = yield* Effect.forEach(taken, ({ challengeId }) =>
      // Who left between the two looks takes part no more.
      pulseLoop.getChallengeProgress({ challengeId, memberId, asOf }).pipe(
        Effect.map(({ items }) => items.map((progress) => ({ challengeId, progress }))),
        Effect.catchTag(["NotParticipating", "NotFound"], () => Effect.succeed([])),
      ),
    );

    const { rows } = yield* EnrollmentStore.use((store) =>
      store.list(tenantId, { memberId }, { limit: MAXIMUM_LIMIT }),
    );
    const journeys = yield* Effect.forEach(rows.filter(isOpen), (enrollment) =>
      Effect.gen(function* () {
        const journey = yield* JourneyStore.use((store) => store.find(tenantId, enrollment.journeyId));
        return summarize(journey, yield* evaluateEnrollment(tenantId, journey, enrollment, asOf));
      }),
    );

    const from = yield* now;
    const upcoming = yield* RosterStore.use((rosters) => rosters.upcoming(tenantId, memberId, from, BOOKINGS_SHOWN));
    return { member, streak, adherence, recentMovements, challenges: challenges.flat(), journeys, upcoming };
  },
);
