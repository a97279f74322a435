/**
 * The process of {@link startNoDatabase}: ZMOS's own HTTP app with its real contract, validation, tokens and idempotency header, over a
 * door whose `bookSession` answers at once. What it serves is what the HTTP stack alone could.
 */
import { Booking, BookingId, MoveOs, Principal, TenantId, Zmos } from "@zmos/core";
import { AccessTokens, serve, TokenAuthentication } from "@zmos/http";
import { layerLog } from "@zmos/http/main";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import { idOf } from "./BookingPlan.ts";

const layerApp = TokenAuthentication.layer.pipe(Layer.provideMerge(Zmos.layerMemory), Layer.provideMerge(layerLog));

/** A booking as the wire has it; each answer is this one with the ids that were asked for. */
const booked = Schema.decodeUnknownSync(Booking)({
  id: idOf("session", 0),
  tenantId: idOf("tenant", 0),
  memberId: idOf("member", 0),
  sessionInstanceId: idOf("session", 0),
  status: "booked",
  channel: "desk",
  origin: "booked",
  paidBy: { source: "membership", membershipId: idOf("member", 0) },
  checkIns: 0,
  createdAt: "2026-11-21T09:00:00.000Z",
});

let count = 0;

const program = Effect.gen(function* () {
  const services = yield* Layer.build(layerApp);
  const moveOs = Context.get(services, MoveOs);
  const answer = Effect.fnUntraced(function* (command: typeof moveOs.bookSession.command.Type) {
    const { tenantId } = yield* Principal;
    return { ...booked, ...command, tenantId, id: BookingId.make(idOf("session", ++count)) };
  });
  const bookSession = Object.assign(answer, {
    command: moveOs.bookSession.command,
    answer: moveOs.bookSession.answer,
  }) as unknown as typeof moveOs.bookSession;
  const bearer = { tenantId: TenantId.make(idOf("tenant", 0)), actorId: "owner-1", role: "owner" } as const;
  const { accessToken } = yield* Effect.provideContext(
    AccessTokens.use((tokens) => tokens.issue(bearer)),
    services,
  );
  const { url } = yield* serve({
    services: Context.add(services, MoveOs, { ...moveOs, bookSession }),
    host: "127.0.0.1",
    port: 0,
  });
  process.send?.({ url, accessToken });
  return yield* Effect.never;
});

process.once("disconnect", () => process.exit(0));
await Effect.runPromise(Effect.scoped(program));
