import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import { ExcuseId, type MemberId, MovementTileId, type TenantId, TileAssignmentId } from "../../kernel/Ids.ts";
import {
  ExcuseStore,
  FormulaStore,
  type GrantedExcuse,
  MovementStore,
  type MovementTile,
  ShippedFormulas,
  type TileAssignment,
  TileStore,
} from "../../pulseloop/index.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import { addMember, addTenant, EPOCH, inTenant, minutes, movementOf } from "./World.ts";

const monday = CivilDate.of("2026-03-02");
const tuesday = CivilDate.of("2026-03-03");

const excuseOf = Effect.fnUntraced(function* (
  tenantId: TenantId,
  memberId: MemberId,
  more: Partial<GrantedExcuse.GrantedExcuse> = {},
) {
  const excuse: GrantedExcuse.GrantedExcuse = {
    id: yield* newId(ExcuseId),
    tenantId,
    memberId,
    version: 1,
    from: monday,
    reason: "illness",
    grantedBy: "coach-1",
    isEnteredInError: false,
    createdAt: EPOCH,
    ...more,
  };
  return excuse;
});

export const excuseStoreContract = clausesOf("ExcuseStore")({
  "finds an excuse as it was kept, in the version that stands": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* ExcuseStore;
    const member = yield* addMember(id);
    const find = (excuseId: ExcuseId) => inTenant(id, store.find(id, excuseId));
    const open = yield* excuseOf(id, member.id, { note: "a cold" });
    yield* inTenant(id, store.insert(open));
    yield* same("as granted", yield* find(open.id), open);
    const ended = { ...open, version: 2, to: tuesday, endedBy: "coach-2", createdAt: minutes(5) };
    yield* inTenant(id, store.insert(ended));
    yield* same("as ended", yield* find(open.id), ended);
    const withdrawn = { ...open, version: 3, isEnteredInError: true };
    yield* inTenant(id, store.insert(withdrawn));
    yield* inTenant(id, store.insert({ ...open, version: 4 }));
    yield* same("entered in error is final", yield* find(open.id), withdrawn);
    const other = yield* addTenant();
    yield* same("elsewhere", (yield* Effect.flip(inTenant(other.id, store.find(other.id, open.id))))._tag, "NotFound");
  }),

  "lists what stands of a member, page by page": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* ExcuseStore;
    const member = yield* addMember(id);
    const someoneElse = yield* addMember(id);
    const excuses = [
      yield* excuseOf(id, member.id, { from: tuesday }),
      yield* excuseOf(id, member.id),
      yield* excuseOf(id, member.id),
    ];
    const wrong = yield* excuseOf(id, member.id);
    yield* inTenant(
      id,
      Effect.forEach(
        [...excuses, wrong, { ...wrong, version: 2, isEnteredInError: true }, yield* excuseOf(id, someoneElse.id)],
        (excuse) => store.insert(excuse),
      ),
    );
    yield* same("the list", yield* everything(id, (page) => store.list(id, member.id, page)), excuses);
  }),

  "answers what stands of many members, in order of first day, as known at an instant": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* ExcuseStore;
    const member = yield* addMember(id);
    const idle = yield* addMember(id);
    const late = yield* excuseOf(id, member.id, { from: tuesday });
    const early = yield* excuseOf(id, member.id, { createdAt: minutes(10) });
    const ended = { ...late, version: 2, to: tuesday, createdAt: minutes(20) };
    const withdrawn = { ...early, version: 2, isEnteredInError: true, createdAt: minutes(30) };
    yield* inTenant(
      id,
      Effect.forEach([late, early, ended, withdrawn], (excuse) => store.insert(excuse)),
    );
    const known = (knownAt?: typeof EPOCH) =>
      Effect.map(inTenant(id, store.standing(id, [member.id, idle.id], knownAt)), (found) => found.get(member.id));
    yield* same("now", yield* known(), [ended]);
    yield* same("before any", yield* known(minutes(-1)), []);
    yield* same("at the instant of the first", yield* known(EPOCH), [late]);
    yield* same("a little later", yield* known(minutes(10)), [early, late]);
    yield* same("after one was ended", yield* known(minutes(29)), [early, ended]);
    const all = yield* inTenant(id, store.standing(id, [member.id, idle.id]));
    yield* same("of somebody who has none", all.get(idle.id), []);
  }),

  "keeps one of two endings at once: the second is run again and finds the first": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* ExcuseStore;
    const member = yield* addMember(id);
    const excuse = yield* excuseOf(id, member.id);
    yield* inTenant(id, store.insert(excuse));
    const end = Effect.gen(function* () {
      const found = yield* store.find(id, excuse.id);
      yield* Effect.yieldNow;
      if (found.to === undefined) yield* store.insert({ ...found, version: found.version + 1, to: tuesday });
    });
    yield* Effect.all(
      Array.from({ length: 5 }, () => inTenant(id, end)),
      { concurrency: "unbounded" },
    );
    yield* same("versions", (yield* inTenant(id, store.find(id, excuse.id))).version, 2);
  }),
});

export const formulaStoreContract = clausesOf("FormulaStore")({
  "finds a formula in the version asked for, else in the highest": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* FormulaStore;
    const find = (formula: string, version?: number) => inTenant(id, store.find(id, formula, version));
    const stored = (version: number) => ({
      formula: { ...ShippedFormulas.metMinutes, id: "our-club", version },
      createdAt: minutes(version),
    });
    yield* same("before any", yield* find("our-club"), undefined);
    yield* inTenant(id, store.insert(id, stored(1)));
    yield* inTenant(id, store.insert(id, stored(2)));
    yield* same("the highest", yield* find("our-club"), stored(2));
    yield* same("the first", yield* find("our-club", 1), stored(1));
    yield* same("one that is not there", yield* find("our-club", 3), undefined);
    const other = yield* addTenant();
    yield* same("elsewhere", yield* inTenant(other.id, store.find(other.id, "our-club")), undefined);
  }),

  "keeps every formula that comes with ZMOS as it was": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* FormulaStore;
    for (const formula of ShippedFormulas.shippedFormulas) {
      yield* inTenant(id, store.insert(id, { formula, createdAt: EPOCH }));
      yield* same("the formula", yield* inTenant(id, store.find(id, formula.id)), { formula, createdAt: EPOCH });
    }
  }),

  "lists each in its highest version, in order of id, page by page": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* FormulaStore;
    const stored = (name: string, version: number) => ({
      formula: { ...ShippedFormulas.pdc, id: name, version },
      createdAt: EPOCH,
    });
    for (const [name, version] of [
      ["b-2", 1],
      ["b", 1],
      ["a", 1],
      ["b", 2],
      ["b0", 1],
    ] as const) {
      yield* inTenant(id, store.insert(id, stored(name, version)));
    }
    const list = (limit: number, after?: ReadonlyArray<string>) =>
      inTenant(id, store.list(id, { limit, ...(after && { after }) }));
    const all = [stored("a", 1), stored("b", 2), stored("b-2", 1), stored("b0", 1)];
    yield* same("all", yield* list(10), all);
    yield* same("the first two", yield* list(2), all.slice(0, 2));
    yield* same("after them", yield* list(2, ["b"]), all.slice(2));
  }),
});

export const standingMovementsContract = clausesOf("MovementStore")({
  "answers what stands of many members, and what stood as known at an instant": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* MovementStore;
    const amina = (yield* addMember(id)).id;
    const brian = (yield* addMember(id)).id;
    const first = yield* movementOf(id, amina);
    const corrected = { ...first, version: 2, durationMinutes: 30, createdAt: minutes(10) };
    const withdrawn = { ...first, version: 3, isEnteredInError: true, createdAt: minutes(20) };
    const given = yield* movementOf(id, amina, { civilDate: tuesday });
    const taken = { ...given, version: 2, memberId: brian, createdAt: minutes(15) };
    yield* inTenant(id, store.insert([corrected, given, first]));
    yield* inTenant(id, store.insert([taken, withdrawn]));
    const standing = (memberId: MemberId, bounds: Parameters<typeof store.standing>[2]) =>
      Effect.map(inTenant(id, store.standing(id, [memberId], bounds)), (events) =>
        events.toSorted((left, right) => left.civilDate - right.civilDate),
      );
    yield* same("now", yield* standing(amina, {}), []);
    yield* same("now, who was given it", yield* standing(brian, {}), [taken]);
    yield* same("before anything", yield* standing(amina, { knownAt: minutes(-1) }), []);
    yield* same("at first", yield* standing(amina, { knownAt: EPOCH }), [first, given]);
    yield* same("at first, on Monday", yield* standing(amina, { knownAt: EPOCH, to: monday }), [first]);
    yield* same("once corrected", yield* standing(amina, { knownAt: minutes(10) }), [corrected, given]);
    yield* same("once given away", yield* standing(amina, { knownAt: minutes(19) }), [corrected]);
    yield* same("who had nothing then", yield* standing(brian, { knownAt: minutes(14) }), []);
    const both = yield* inTenant(id, store.standing(id, [amina, brian], { knownAt: minutes(15) }));
    yield* same("both", new Set(both.map((event) => event.id)), new Set([first.id, given.id]));
  }),
});

const tileOf = Effect.fnUntraced(function* (tenantId: TenantId, more: Partial<MovementTile> = {}) {
  const tile: MovementTile = {
    id: yield* newId(MovementTileId),
    tenantId,
    name: "Ten squats",
    durationMinutes: 2.5,
    intensity: "moderate",
    category: "strength",
    createdAt: EPOCH,
    updatedAt: EPOCH,
    ...more,
  };
  return tile;
});

export const tileStoreContract = clausesOf("TileStore")({
  "finds and lists tiles as they were kept, and knows those that exist": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const other = yield* addTenant();
    const store = yield* TileStore;
    const tiles = [yield* tileOf(id, { description: "Slowly." }), yield* tileOf(id), yield* tileOf(id)] as const;
    const foreign = yield* tileOf(other.id);
    yield* inTenant(other.id, store.insert(foreign));
    yield* inTenant(
      id,
      Effect.forEach(tiles.toReversed(), (tile) => store.insert(tile)),
    );
    yield* same("the tile", yield* inTenant(id, store.find(id, tiles[0].id)), tiles[0]);
    yield* same("elsewhere", (yield* Effect.flip(inTenant(id, store.find(id, foreign.id))))._tag, "NotFound");
    yield* same("the list", yield* everything(id, (page) => store.list(id, page)), [...tiles]);
    const known = yield* inTenant(id, store.known(id, [tiles[1].id, foreign.id]));
    yield* same("known", [...known], [[tiles[1].id, tiles[1]]]);
    yield* same("none", (yield* inTenant(id, store.known(id, []))).size, 0);
  }),

  "lists what a member is to do": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const store = yield* TileStore;
    const tile = yield* tileOf(id);
    yield* inTenant(id, store.insert(tile));
    const member = yield* addMember(id);
    const someoneElse = yield* addMember(id);
    const assignment = Effect.fnUntraced(function* (memberId: MemberId, more: Partial<TileAssignment> = {}) {
      const one: TileAssignment = {
        id: yield* newId(TileAssignmentId),
        tenantId: id,
        tileId: tile.id,
        memberId,
        from: monday,
        assignedBy: "coach-1",
        createdAt: EPOCH,
        ...more,
      };
      return one;
    });
    const own = [
      yield* assignment(member.id, { to: tuesday }),
      yield* assignment(member.id),
      yield* assignment(member.id),
    ];
    const theirs = yield* assignment(someoneElse.id);
    yield* inTenant(
      id,
      Effect.forEach([theirs, ...own], (one) => store.assign(one)),
    );
    yield* same("the list", yield* everything(id, (page) => store.assigned(id, member.id, page)), own);
  }),

  "is where the tile of a movement is": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const tile = yield* tileOf(id);
    yield* inTenant(
      id,
      TileStore.use((tiles) => tiles.insert(tile)),
    );
    const member = yield* addMember(id);
    const event = yield* movementOf(id, member.id, { type: "tile_completion", tileId: tile.id });
    const movements = yield* MovementStore;
    yield* inTenant(id, movements.insert([event]));
    yield* same("the movement", yield* inTenant(id, movements.find(id, event.id)), event);
  }),
});
