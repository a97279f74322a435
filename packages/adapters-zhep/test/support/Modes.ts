/** ZMOS whole, in memory, with partners as a configuration chooses; ZHEP itself is the fake on loopback. */
import { type Identity, Platform, Zmos } from "@zmos/core";
import * as Memory from "@zmos/core/memory";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { IdentityByIssuer, type ZhepOptions, ZhepPartners } from "../../src/index.ts";
import { FakeZhep } from "../../src/testing/index.ts";

export type Mode = "ZMOS_ONLY" | "ZMOS_ZHEP";

const doorsOver = <Partners, E, R>(partners: Layer.Layer<Partners, E, R>) =>
  Zmos.layer.pipe(Layer.provideMerge(partners));

/** Everything, by environment variables, as a server's main would. The fake is there in both modes, to see whether it is asked. */
export const layerOf = (mode: Mode, environment: Record<string, string> = {}) =>
  Layer.unwrap(
    Effect.map(FakeZhep, (fake) =>
      doorsOver(ZhepPartners.layerConfig(IdentityByIssuer.layerNobody)).pipe(
        Layer.provideMerge(Memory.layer),
        Layer.provide(
          ConfigProvider.layer(
            ConfigProvider.fromUnknown({
              ...fake.environment,
              ZMOS_MODE: mode,
              ZHEP_DEADLINE_MILLIS: "5000",
              ...environment,
            }),
          ),
        ),
      ),
    ),
  ).pipe(Layer.provideMerge(FakeZhep.layer));

/** The same inside ZHEP, with patience chosen by a test. */
export const layerWith = (
  patience: Partial<ZhepOptions>,
  localIdentity: Layer.Layer<Identity> = IdentityByIssuer.layerNobody,
) =>
  Layer.unwrap(
    Effect.map(FakeZhep, (fake) =>
      doorsOver(ZhepPartners.layer(fake.options({ deadlineMillis: 5_000, ...patience }), localIdentity)).pipe(
        Layer.provideMerge(Memory.layer),
      ),
    ),
  ).pipe(Layer.provideMerge(FakeZhep.layer));

/** A tenant that is connected to ZHEP. */
export const connectedTenant = Platform.use((platform) =>
  platform.createTenant({ name: "Lavington Movement", timezone: "Africa/Nairobi", mode: "zhep_connected" }),
);

/** A tenant that stands alone, whatever the deployment. */
export const standaloneTenant = Platform.use((platform) =>
  platform.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" }),
);
