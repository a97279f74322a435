/** What scores are computed by besides facts, in memory: excused days, a tenant's own formulas, tiles. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { NotFound } from "../kernel/NotFound.ts";
import {
  ExcuseStore,
  FormulaStore,
  GrantedExcuse,
  type MovementTile,
  type StoredFormula,
  type TileAssignment,
  TileStore,
} from "../pulseloop/index.ts";
import { MemoryDatabase } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const isDefined = <A>(value: A | undefined): value is A => value !== undefined;

const excuses = Layer.effect(
  ExcuseStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<ReadonlyArray<GrantedExcuse.GrantedExcuse>>();
    const versionsOf = (tenantId: string, id: string) => rows.get(`${tenantId}/${id}`) ?? [];
    const standing = (tenantId: string, memberIds: ReadonlyArray<string>, knownAt = Infinity) =>
      [...rows.values()]
        .map((versions) => GrantedExcuse.prevailing(versions.filter(({ createdAt }) => createdAt <= knownAt)))
        .filter(isDefined)
        .filter((one) => one.tenantId === tenantId && memberIds.includes(one.memberId) && !one.isEnteredInError);
    return ExcuseStore.of({
      insert: (excuse) =>
        Effect.sync(() => {
          const { tenantId, id } = excuse;
          rows.set(`${tenantId}/${id}`, [...versionsOf(tenantId, id), excuse]);
        }),
      find: (tenantId, id) =>
        Effect.suspend(() => {
          const excuse = GrantedExcuse.prevailing(versionsOf(tenantId, id));
          return excuse === undefined
            ? Effect.fail(new NotFound({ entityType: "Excuse", entityId: id }))
            : Effect.succeed(excuse);
        }),
      list: (tenantId, memberId, page) =>
        Effect.sync(() => pageOf(standing(tenantId, [memberId]), page, ({ id }) => [id])),
      standing: (tenantId, memberIds, knownAt) =>
        Effect.sync(() => {
          const inOrder = standing(tenantId, memberIds, knownAt).toSorted(
            (left, right) => left.from - right.from || (left.id < right.id ? -1 : 1),
          );
          return new Map(memberIds.map((id) => [id, inOrder.filter(({ memberId }) => memberId === id)]));
        }),
    });
  }),
);

const formulas = Layer.effect(
  FormulaStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<ReadonlyMap<string, ReadonlyArray<StoredFormula>>>();
    const versionsOf = (tenantId: string, id: string) => rows.get(tenantId)?.get(id) ?? [];
    return FormulaStore.of({
      insert: (tenantId, stored) =>
        Effect.sync(() => {
          const { id } = stored.formula;
          rows.set(tenantId, new Map(rows.get(tenantId)).set(id, [...versionsOf(tenantId, id), stored]));
        }),
      find: (tenantId, id, version) =>
        Effect.sync(() => {
          const versions = versionsOf(tenantId, id);
          return version === undefined ? versions.at(-1) : versions.find(({ formula }) => formula.version === version);
        }),
      list: (tenantId, page) =>
        Effect.sync(() => {
          const latest = [...(rows.get(tenantId)?.values() ?? [])].map((versions) => versions.at(-1)).filter(isDefined);
          return pageOf(latest, page, ({ formula }) => [formula.id]).rows;
        }),
    });
  }),
);

const tiles = Layer.effect(
  TileStore,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const rows = database.table<MovementTile>();
    const assignments = database.table<TileAssignment>();
    return TileStore.of({
      insert: (tile) => Effect.sync(() => rows.set(`${tile.tenantId}/${tile.id}`, tile)),
      find: (tenantId, id) =>
        Effect.suspend(() => {
          const tile = rows.get(`${tenantId}/${id}`);
          return tile === undefined
            ? Effect.fail(new NotFound({ entityType: "Tile", entityId: id }))
            : Effect.succeed(tile);
        }),
      list: (tenantId, page) =>
        Effect.sync(() =>
          pageOf(
            [...rows.values()].filter((tile) => tile.tenantId === tenantId),
            page,
            ({ id }) => [id],
          ),
        ),
      known: (tenantId, ids) =>
        Effect.sync(() => {
          const kept = ids.map((id) => rows.get(`${tenantId}/${id}`)).filter(isDefined);
          return new Map(kept.map((tile) => [tile.id, tile]));
        }),
      assign: (assignment) => Effect.sync(() => assignments.set(`${assignment.tenantId}/${assignment.id}`, assignment)),
      assigned: (tenantId, memberId, page) =>
        Effect.sync(() =>
          pageOf(
            [...assignments.values()].filter((one) => one.tenantId === tenantId && one.memberId === memberId),
            page,
            ({ id }) => [id],
          ),
        ),
    });
  }),
);

export const layer = Layer.mergeAll(excuses, formulas, tiles);
