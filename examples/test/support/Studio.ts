/**
 * A studio under one of the policies, in memory, with its own clock and people: what a test needs to play what a policy's publisher says.
 *
 * **Units** times of day are read on the studio's own clock: `2026-03-30T12:00`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type BookingId,
  BookingPolicy,
  type Charge,
  CivilDate,
  Clockwork,
  Instant,
  MoveOs,
  Payments,
  Platform,
  PolicyOverride,
  Principal,
  type PrincipalClaims,
  type SessionInstanceId,
  type Settlement,
  type UsageRules,
  Zmos,
  ZoneRules,
} from "@zmos/core";
import * as Memory from "@zmos/core/memory";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as References from "effect/References";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";

const folder = fileURLToPath(new URL("../../policies/", import.meta.url));

const decode = <S extends Schema.Decoder<unknown>>(schema: S, file: string): S["Type"] =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error" })(JSON.parse(readFileSync(`${folder}${file}`, "utf8")));

/** The policy that a file says. */
export const policyIn = (file: string): BookingPolicy => decode(BookingPolicy, file);

/** What a file says that a kind of session does otherwise. */
export const overrideIn = (file: string): PolicyOverride => decode(PolicyOverride, file);

/** Collects money as a till does: each charge once by its key, in order. **Shape** `outcome`: what becomes of charges from now on. */
export class Till extends Context.Service<Till, { readonly charges: Array<Charge>; outcome: Settlement }>()(
  "@zmos/examples/test/support/Studio/Till",
) {
  static readonly layer = Layer.sync(Till, () => ({ charges: [], outcome: "paid" as const }));
}

const payments = Layer.effect(
  Payments,
  Effect.map(Till, (till) => ({
    charge: (charge: Charge) =>
      Effect.sync((): Settlement => {
        if (!till.charges.some(({ key }) => key === charge.key)) till.charges.push(charge);
        return till.outcome;
      }),
  })),
);

const layer = Zmos.layer.pipe(
  Layer.provideMerge(payments),
  Layer.provideMerge(Layer.merge(Zmos.layerLocalPartners, Memory.layer)),
  Layer.provideMerge(Till.layer),
  Layer.provideMerge(TestClock.layer()),
  Layer.provideMerge(Layer.succeed(References.MinimumLogLevel, "Error")),
);

/** Plays a story in a world of its own. */
export const played = <A, E>(story: Effect.Effect<A, E, Layer.Success<typeof layer>>): Promise<A> =>
  Effect.runPromise(Effect.provide(story, layer));

/** The tag of the refusal that a command meets. */
export const refusal = <A, E extends { readonly _tag: string }, R>(command: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(command), ({ _tag }) => _tag);

/**
 * **Shape** `starts`: when the class begins; `opened`: when the story does, a month before unless it says. `plan`: what every member holds, for
 * policies that ask for a membership. `fees`: where they go, if not into the till at once.
 */
export interface Setting {
  readonly policy: string;
  readonly override?: string;
  readonly zone: string;
  readonly opened: string;
  readonly starts: string;
  readonly seats?: number;
  readonly plan?: UsageRules & { readonly endDate?: string };
  readonly fees?: "on_account";
}

/** A studio with one class of 45 minutes. */
export const open = Effect.fnUntraced(function* (setting: Setting) {
  const { zone, starts } = setting;
  const [platform, moveOs, clockwork, till] = [yield* Platform, yield* MoveOs, yield* Clockwork, yield* Till];
  const start = instantIn(zone, starts);
  till.outcome = setting.fees ?? "paid";
  yield* TestClock.setTime(instantIn(zone, setting.opened));

  const tenant = yield* platform.createTenant({ name: "A studio", timezone: zone });
  const actingAs = (actor: Omit<PrincipalClaims, "tenantId">) =>
    Effect.provideService(Principal, { tenantId: tenant.id, ...actor });
  const asOwner = actingAs({ actorId: "owner-1", actorType: "user_account", roles: ["owner"] });
  yield* asOwner(moveOs.setBookingPolicy(policyIn(setting.policy)));
  const { id: locationId } = yield* asOwner(platform.createLocation({ name: "The studio", timezone: zone }));
  const { id: sessionTypeId } = yield* asOwner(
    moveOs.createSessionType({
      name: "A class",
      category: "class",
      intensity: "vigorous",
      defaultDuration: 45,
      defaultCapacity: setting.seats ?? 1,
    }),
  );
  if (setting.override !== undefined) {
    yield* asOwner(moveOs.overrideBookingPolicy({ sessionTypeId, override: overrideIn(setting.override) }));
  }
  const session = yield* asOwner(moveOs.scheduleSession({ sessionTypeId, locationId, startTime: start }));
  const { endDate, ...usageRules } = setting.plan ?? {};
  const plan = yield* asOwner(
    moveOs.createAccessPlan({ name: "Her plan", type: "membership", billingPeriod: "once_off", usageRules }),
  );

  /** It is then, and the clockwork has done what is due by then. */
  const itIs = Effect.fnUntraced(function* (instant: number) {
    yield* TestClock.setTime(instant);
    yield* Effect.repeat(clockwork.runDue, { until: (done) => done === 0 });
  });

  /** Somebody who does things for herself, and shows up at the desk. */
  const member = Effect.fnUntraced(function* (firstName: string) {
    const { id: memberId } = yield* asOwner(platform.registerMember({ firstName, lastName: "Otieno" }));
    const { id: membershipId } = yield* asOwner(
      moveOs.startMembership({
        memberId,
        accessPlanId: plan.id,
        ...(endDate !== undefined && { endDate: CivilDate.of(endDate) }),
      }),
    );
    const asHerself = actingAs({ actorId: memberId, actorType: "member", roles: ["member"] });
    const sessionInstanceId = session.id;
    const held = asOwner(moveOs.getMembership({ membershipId }));
    return {
      book: asHerself(moveOs.bookSession({ memberId, sessionInstanceId })),
      /** Another class than the one that everything else is about. */
      bookIn: (another: SessionInstanceId) => asHerself(moveOs.bookSession({ memberId, sessionInstanceId: another })),
      wait: asHerself(moveOs.joinWaitlist({ memberId, sessionInstanceId })),
      cancel: (bookingId: BookingId) => asHerself(moveOs.cancelBooking({ bookingId })),
      accept: (waitlistEntryId: BookingId) => asHerself(moveOs.acceptOffer({ waitlistEntryId })),
      comes: (bookingId: BookingId) => asOwner(moveOs.checkIn({ bookingId })),
      walksIn: asOwner(moveOs.walkIn({ memberId, sessionInstanceId })),
      credits: Effect.map(held, ({ balance }) => balance),
      lastDay: Effect.map(held, ({ membership }) => membership.endDate && CivilDate.toIso(membership.endDate)),
      owes: Effect.sync(() =>
        till.charges
          .filter((charge) => charge.memberId === memberId)
          .map(({ amount, reason }) => `${amount.minorUnits} ${amount.currency} ${reason}`),
      ),
    };
  });

  return {
    at: (time: string) => itIs(instantIn(zone, time)),
    /** So long before the start; `seconds` more, negative for less. */
    before: (hours: number, minutes = 0, seconds = 0) => itIs(start - ((hours * 60 + minutes) * 60 + seconds) * 1_000),
    after: (minutes: number) => itIs(start + minutes * 60_000),
    member,
    booking: (bookingId: BookingId) => asOwner(moveOs.getBooking({ bookingId })),
    line: Effect.map(asOwner(moveOs.getWaitlist({ sessionInstanceId: session.id })), ({ items }) =>
      items.map(({ entry }) => entry.status),
    ),
    /** Another class like it. */
    schedule: (time: string) =>
      Effect.map(
        asOwner(moveOs.scheduleSession({ sessionTypeId, locationId, startTime: instantIn(zone, time) })),
        ({ id }) => id,
      ),
    isPaid: (bookingId: BookingId) => asOwner(moveOs.recordFeePaid({ bookingId })),
    undoNoShow: (bookingId: BookingId) => asOwner(moveOs.undoNoShow({ bookingId, reason: "she was there" })),
  };
});

const instantIn = (zone: string, text: string): Instant => {
  const [day = "", time = ""] = text.split("T");
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return Instant.make(ZoneRules.instantAt(zone, CivilDate.of(day), hours * 60 + minutes) + seconds * 1_000);
};
