import * as Layer from "effect/Layer";
import { AccessTokens } from "./AccessTokens.ts";
import { Keyring } from "./Keyring.ts";
import { SignIn } from "./SignIn.ts";
import * as TokenIdentity from "./TokenIdentity.ts";

/** ZMOS's own way to know people: sign-in tokens, access tokens, and the Identity port over them. Needs the stores. */
export const layer = Layer.mergeAll(TokenIdentity.layer, SignIn.layer).pipe(
  Layer.provideMerge(AccessTokens.layer),
  Layer.provide(Keyring.layer),
);
