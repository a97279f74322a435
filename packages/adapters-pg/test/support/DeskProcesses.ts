/** Several server processes on one database, whose desks are asked as if they were one. */
import type { Ask, DeskAnswer } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import { type Kept, startDesk } from "./DeskClient.ts";
import type { DeskReply } from "./DeskServer.ts";

/** Started, and stopped when the scope closes. */
export const deskProcesses = (kept: Kept, count: number) =>
  Effect.gen(function* () {
    const waiting = new Map<number, (answer: DeskAnswer) => void>();
    const hear = ({ n, ...answer }: DeskReply) => {
      waiting.get(n)?.(answer);
      waiting.delete(n);
    };
    const servers = yield* Effect.forEach(Array.from({ length: count }), () =>
      Effect.acquireRelease(
        Effect.promise(() => startDesk(kept, hear)),
        (server) => Effect.promise(server.stop),
      ),
    );
    let last = 0;
    const ask: Ask = (command, server) =>
      Effect.callback<DeskAnswer>((resume) => {
        const n = ++last;
        waiting.set(n, (answer) => resume(Effect.succeed(answer)));
        servers[server % count]?.send({ n, ...command });
      });
    return ask;
  });
