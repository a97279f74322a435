/** Partners that remember what they were asked: a till that collects each charge once, by its key, and a postbox. */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { Messaging, Payments, type Charge, type Message, type Settlement, Zmos } from "../../src/index.ts";
import * as Memory from "../../src/memory/index.ts";

/** **Shape** `outcome`: what becomes of charges from now on. */
interface Asked {
  readonly charges: Array<Charge>;
  readonly messages: Array<Message>;
  outcome: Settlement;
}

/** What partners were asked so far. */
export class Partners extends Context.Service<Partners, Asked>()("@zmos/core/test/support/Partners") {}

const once = <Thing extends { readonly key: string }>(things: Array<Thing>, thing: Thing) => {
  if (!things.some(({ key }) => key === thing.key)) things.push(thing);
};

const remembering = Layer.effectContext(
  Effect.map(Partners, (asked) =>
    Context.make(
      Payments,
      Payments.of({
        charge: (charge) =>
          Effect.sync(() => {
            once(asked.charges, charge);
            return asked.outcome;
          }),
      }),
    ).pipe(
      Context.add(
        Messaging,
        Messaging.of({ send: (message) => Effect.sync(() => (once(asked.messages, message), "accepted" as const)) }),
      ),
    ),
  ),
);

/** Every door over stores in memory, with partners that remember. */
export const layerRemembering = Zmos.layer.pipe(
  Layer.provideMerge(remembering),
  Layer.provideMerge(Layer.merge(Zmos.layerLocalPartners, Memory.layer)),
  Layer.provideMerge(Layer.sync(Partners, (): Asked => ({ charges: [], messages: [], outcome: "paid" }))),
);
