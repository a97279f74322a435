/**
 * The same doors for hosts that do not use Effect: plain JSON in, promises of plain JSON out, typed errors as rejections.
 *
 * ```ts
 * const zmos = await openZmos(Zmos.layerMemory);
 * const { id: tenantId } = await zmos.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" });
 * const desk = zmos.as({ tenantId, actorId: "desk-1", actorType: "host", roles: [] });
 * const booking = await desk.moveOs.bookSession({ memberId, sessionInstanceId });
 * await zmos.close();
 * ```
 */
import * as Effect from "effect/Effect";
import type * as Layer from "effect/Layer";
import * as ManagedRuntime from "effect/ManagedRuntime";
import * as Schema from "effect/Schema";
import { CarePath } from "./carepath/index.ts";
import { Clockwork } from "./kernel/Clockwork.ts";
import { CurrentIdempotencyKey } from "./kernel/IdempotencyKeys.ts";
import { readCommand } from "./kernel/InvalidCommand.ts";
import { Principal, type PrincipalClaims } from "./kernel/Principal.ts";
import type { AnyUseCase, UseCase } from "./kernel/UseCase.ts";
import { MoveOs } from "./moveos/index.ts";
import { Platform } from "./platform/index.ts";
import { PulseLoop } from "./pulseloop/index.ts";

/** **Shape** `idempotencyKey`: sent again with the same key, a command is done once and answers what it answered. */
export interface CommandOptions {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignalLike;
}

/** What a host may hand over to call a command off: an `AbortSignal`. */
type AbortSignalLike = NonNullable<Effect.RunOptions["signal"]>;

/** A use case as a host calls it. */
export type Promised<U> =
  U extends UseCase<infer Command, infer Answer, infer _E, infer _R>
    ? (command: Command["Encoded"], options?: CommandOptions) => Promise<Answer["Encoded"]>
    : never;

type Door<Service> = { readonly [Name in keyof Service]: Promised<Service[Name]> };

/** Every door, for one principal. */
export interface Doors {
  readonly platform: Door<Platform["Service"]>;
  readonly pulseLoop: Door<PulseLoop["Service"]>;
  readonly moveOs: Door<MoveOs["Service"]>;
  readonly carePath: Door<CarePath["Service"]>;
}

/** ZMOS inside a host. Close it to give back what it holds. */
export interface OpenZmos {
  /** Sets up a tenant: an operator's act, before there is anybody to act as. */
  readonly createTenant: Door<Platform["Service"]>["createTenant"];
  readonly as: (principal: Omit<PrincipalClaims, "tenantId"> & { readonly tenantId: string }) => Doors;
  /** Does what has become due since, for every tenant, and answers how many things that was. Call it again and again. */
  readonly runDue: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Opens ZMOS over the stores and partners of a layer. Rejects when they cannot be had. */
export const openZmos = async <E>(
  layer: Layer.Layer<Platform | PulseLoop | MoveOs | CarePath | Clockwork, E>,
): Promise<OpenZmos> => {
  const runtime = ManagedRuntime.make(layer);
  const services = await runtime.runPromise(
    Effect.all({ platform: Platform, pulseLoop: PulseLoop, moveOs: MoveOs, carePath: CarePath }),
  );
  const promised = <Service extends Readonly<Record<string, AnyUseCase>>>(
    service: Service,
    principal?: PrincipalClaims,
  ): Door<Service> => {
    const door: Record<string, unknown> = {};
    for (const [name, use] of Object.entries(service)) {
      const read = readCommand(use.command);
      const write = Schema.encodeEffect(use.answer);
      door[name] = (input: unknown, { idempotencyKey, signal }: CommandOptions = {}) => {
        const answer = read(input).pipe(
          Effect.flatMap((command) => use(command as never)),
          Effect.flatMap(write),
          Effect.provideService(CurrentIdempotencyKey, idempotencyKey),
        );
        const acted = principal === undefined ? answer : Effect.provideService(answer, Principal, principal);
        return runtime.runPromise(acted as Effect.Effect<unknown, unknown>, signal && { signal });
      };
    }
    return door as Door<Service>;
  };
  return {
    createTenant: promised(services.platform).createTenant,
    as: (principal) => {
      const claims = Principal.of(principal as PrincipalClaims);
      return {
        platform: promised(services.platform, claims),
        pulseLoop: promised(services.pulseLoop, claims),
        moveOs: promised(services.moveOs, claims),
        carePath: promised(services.carePath, claims),
      };
    },
    runDue: () => runtime.runPromise(Clockwork.use((clockwork) => clockwork.runDue)),
    close: () => runtime.dispose(),
  };
};
