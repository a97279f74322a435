import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import { ExcuseId, type MemberId, type TenantId } from "../../kernel/Ids.ts";
import { ExcuseStore, type GrantedExcuse } from "../../pulseloop/index.ts";
import { clausesOf, everything, same } from "./Clause.ts";
import { addMember, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

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
