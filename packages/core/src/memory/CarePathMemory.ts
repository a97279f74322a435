/** CarePath's ports in memory. */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import {
  EnrollmentStore,
  type FollowUpFlag,
  FollowUpFlagStore,
  type JourneyEnrollment,
  JourneyStore,
  type MovementJourney,
} from "../carepath/index.ts";
import { NotFound } from "../kernel/NotFound.ts";
import { MemoryDatabase, type MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

interface Owned {
  readonly tenantId: string;
  readonly id: string;
}

const find = <Row>(rows: MemoryTable<Row>, entityType: string, tenantId: string, entityId: string) =>
  Effect.suspend(() => {
    const row = rows.get(`${tenantId}/${entityId}`);
    return row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);
  });

const of = <Row extends Owned>(rows: MemoryTable<Row>, tenantId: string): Array<Row> =>
  [...rows.values()].filter((row) => row.tenantId === tenantId);

const keep =
  <Row extends Owned>(rows: MemoryTable<Row>) =>
  (row: Row) =>
    Effect.sync(() => rows.set(`${row.tenantId}/${row.id}`, row));

export const layer = Layer.effectContext(
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const journeys = database.table<MovementJourney>();
    const enrollments = database.table<JourneyEnrollment>();
    const flags = database.table<FollowUpFlag>();

    const journeyStore = JourneyStore.of({
      find: (tenantId, id) => find(journeys, "MovementJourney", tenantId, id),
      list: (tenantId, { status }, page) =>
        Effect.sync(() =>
          pageOf(
            of(journeys, tenantId).filter((journey) => journey.status === (status ?? journey.status)),
            page,
            ({ id }) => [id],
          ),
        ),
      insert: keep(journeys),
      save: keep(journeys),
    });

    const findEnrollment = (tenantId: string, id: string) => find(enrollments, "JourneyEnrollment", tenantId, id);
    const enrollmentStore = EnrollmentStore.of({
      find: findEnrollment,
      // Units of work come one at a time here: whoever locks has no rival.
      lock: findEnrollment,
      findOpen: (tenantId, journeyId, memberId) =>
        Effect.sync(() =>
          of(enrollments, tenantId).find(
            (one) =>
              one.journeyId === journeyId &&
              one.memberId === memberId &&
              (one.status === "active" || one.status === "paused"),
          ),
        ),
      list: (tenantId, { journeyId, memberId, status }, page) =>
        Effect.sync(() => {
          const shown = of(enrollments, tenantId).filter(
            (one) =>
              one.journeyId === (journeyId ?? one.journeyId) &&
              one.memberId === (memberId ?? one.memberId) &&
              one.status === (status ?? one.status),
          );
          return pageOf(shown, page, ({ id }) => [id]);
        }),
      insert: keep(enrollments),
      save: keep(enrollments),
    });

    const flagStore = FollowUpFlagStore.of({
      lock: (tenantId, id) => find(flags, "FollowUpFlag", tenantId, id),
      ofEnrollments: (tenantId, ids) =>
        Effect.sync(() =>
          of(flags, tenantId)
            .filter(({ enrollmentId }) => ids.includes(enrollmentId))
            .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
        ),
      list: (tenantId, { journeyId, status }, page) =>
        Effect.sync(() => {
          const shown = of(flags, tenantId).filter(
            (flag) => flag.journeyId === journeyId && flag.status === (status ?? flag.status),
          );
          return pageOf(shown, page, ({ id }) => [id]);
        }),
      insert: keep(flags),
      save: keep(flags),
    });

    return Context.make(JourneyStore, journeyStore).pipe(
      Context.add(EnrollmentStore, enrollmentStore),
      Context.add(FollowUpFlagStore, flagStore),
    );
  }),
);
