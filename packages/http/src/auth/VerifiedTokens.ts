import type { Instant, PrincipalClaims } from "@zmos/core";

/** What a token says, once it is known to be ours. */
export interface Verified {
  readonly principal: PrincipalClaims;
  readonly issuedAt: Instant;
}

/** A token whose signature was checked. **Units** instants between which it counts. */
export interface Remembered extends Verified {
  readonly keyId: string;
  readonly notBefore: Instant;
  readonly expiresAt: Instant;
}

/** How many tokens are remembered; a token is some 600 bytes. */
const MOST = 10_000;

/**
 * Tokens whose signatures need not be checked again: what was signed once stays signed. Whether its key still counts, its time has come or gone and
 * its bearer still counts is asked each time, not here.
 */
export class VerifiedTokens {
  readonly #tokens = new Map<string, Remembered>();

  find(token: string): Remembered | undefined {
    return this.#tokens.get(token);
  }

  remember(token: string, verified: Remembered): void {
    // Whoever was remembered first is forgotten first.
    if (this.#tokens.size >= MOST)
      for (const oldest of this.#tokens.keys()) {
        this.#tokens.delete(oldest);
        break;
      }
    this.#tokens.set(token, verified);
  }
}
