/** PulseLoop's ports in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as CivilDate from "../kernel/CivilDate.ts";

import type { MemberId } from "../kernel/Ids.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  ActivityCalendar,
  CalendarStore,
  type CellKey,
  DayCell,
  identityOf,
  type KeyedCell,
  type MovementEvent,
  MovementStore,
  PackedCalendar,
  prevailing,
  ScoringRulesStore,
  type VersionedRules,
} from "../pulseloop/index.ts";
import { MemoryDatabase } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const movements = Layer.effect(
  MovementStore,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const byId = database.table<ReadonlyArray<MovementEvent>>();
    const idOfIdentity = database.table<string>();
    const versionsOf = (tenantId: string, id: string) => byId.get(`${tenantId}/${id}`) ?? [];
    return MovementStore.of({
      versions: (tenantId, keys) =>
        Effect.sync(() => {
          const ids = keys.map((key) =>
            "id" in key ? key.id : idOfIdentity.get(`${tenantId}/${key.source}:${key.externalId}`),
          );
          return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : versionsOf(tenantId, id)));
        }),
      insert: (events) =>
        Effect.sync(() => {
          for (const event of events) {
            byId.set(`${event.tenantId}/${event.id}`, [...versionsOf(event.tenantId, event.id), event]);
            idOfIdentity.set(`${event.tenantId}/${identityOf(event)}`, event.id);
          }
        }),
      find: (tenantId, id) =>
        Effect.suspend(() => {
          const event = prevailing(versionsOf(tenantId, id));
          return event === undefined
            ? Effect.fail(new NotFound({ entityType: "MovementEvent", entityId: id }))
            : Effect.succeed(event);
        }),
      standing: (tenantId, memberIds, { knownAt = Infinity, to = Infinity }) =>
        Effect.sync(() =>
          [...byId.values()]
            .map((versions) => prevailing(versions.filter(({ createdAt }) => createdAt <= knownAt)))
            .filter((event) => event !== undefined)
            .filter((event) => event.tenantId === tenantId && memberIds.includes(event.memberId))
            .filter(({ isEnteredInError, civilDate }) => !isEnteredInError && civilDate <= to),
        ),
      list: (tenantId, { memberId, from, to }, page) =>
        Effect.sync(() => {
          const standing = [...byId.values()]
            .map(prevailing)
            .filter((event) => event !== undefined)
            .filter((event) => event.tenantId === tenantId && event.memberId === memberId && !event.isEnteredInError)
            .filter(({ civilDate }) => (from ?? civilDate) <= civilDate && civilDate <= (to ?? civilDate));
          return pageOf(standing, page, ({ civilDate, id }) => [CivilDate.toIso(civilDate), id]);
        }),
    });
  }),
);

const UUID_LENGTH = 36;
const isOf = (tenantId: string) => (key: string) => key.startsWith(`${tenantId}/`);

const calendars = Layer.effect(
  CalendarStore,
  Effect.gen(function* () {
    const cells = (yield* MemoryDatabase).table<ReadonlyMap<CivilDate.CivilDate, DayCell.DayCell>>();
    const calendarOf = (tenantId: string, memberId: string) => cells.get(`${tenantId}/${memberId}`) ?? new Map();
    return CalendarStore.of({
      // Units of work come one at a time here: nobody waits.
      lock: (tenantId, memberIds) =>
        Effect.sync(
          () =>
            new Map(
              memberIds.map((memberId) => [memberId, PackedCalendar.of(calendarOf(tenantId, memberId))] as const),
            ),
        ),
      cells: (tenantId, keys) =>
        Effect.sync(() =>
          keys.map(({ memberId, civilDate }: CellKey): KeyedCell => ({
            memberId,
            civilDate,
            cell: calendarOf(tenantId, memberId).get(civilDate) ?? DayCell.empty,
          })),
        ),
      save: (tenantId, changed) =>
        Effect.sync(() => {
          for (const { memberId, civilDate, cell } of changed) {
            const calendar = new Map(calendarOf(tenantId, memberId));
            if (cell.contributions.length === 0) calendar.delete(civilDate);
            else calendar.set(civilDate, cell);
            cells.set(`${tenantId}/${memberId}`, calendar);
          }
        }),
      packed: (tenantId, memberIds) =>
        Effect.sync(() => {
          const asked =
            memberIds ?? [...cells.keys()].filter(isOf(tenantId)).map((key) => key.slice(-UUID_LENGTH) as MemberId);
          return new Map(asked.map((memberId) => [memberId, PackedCalendar.of(calendarOf(tenantId, memberId))]));
        }),
      read: (tenantId, memberIds, { from, to }) =>
        Effect.sync(
          () =>
            new Map(
              memberIds.map((memberId) => [
                memberId,
                ActivityCalendar.fromCells(
                  [...calendarOf(tenantId, memberId)].filter(([day]) => (from ?? day) <= day && day <= (to ?? day)),
                ),
              ]),
            ),
        ),
    });
  }),
);

const scoringRules = Layer.effect(
  ScoringRulesStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<VersionedRules>();
    return ScoringRulesStore.of({
      latest: (tenantId) => Effect.sync(() => rows.get(tenantId)),
      insert: (tenantId, rules) => Effect.sync(() => rows.set(tenantId, rules)),
    });
  }),
);

export const layer = Layer.mergeAll(movements, calendars, scoringRules);
