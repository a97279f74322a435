/** What is asked at a desk, as data: so that it can be drawn by chance, sent to another process, and asked again under its key. */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import type { BookingId, MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import type { Principal } from "../../kernel/Principal.ts";
import type { MoveOs } from "../../moveos/index.ts";
import { asHost, asOwner, underKey } from "./DeskWorld.ts";

/** Everything that members and staff do about a session; what they say when they do it is of no account. */
export type Does =
  | "book"
  | "cancel"
  | "join"
  | "leave"
  | "accept"
  | "decline"
  | "promote"
  | "checkIn"
  | "walkIn"
  | "undoCheckIn"
  | "noShow"
  | "undoNoShow"
  | "capacity"
  | "callOff";

/**
 * **Shape** `key` is its idempotency key. `about`: a booking or a place in line. `isMember`: asked by the member, not at the desk.
 * What a command has no use for is of no account.
 */
export interface DeskCommand {
  readonly key: string;
  readonly does: Does;
  readonly tenantId: TenantId;
  readonly sessionInstanceId: SessionInstanceId;
  readonly memberId: MemberId;
  readonly about: BookingId;
  readonly capacity?: number;
  readonly isMember?: boolean;
  readonly isOverride?: boolean;
}

/** **Shape** `id`: of the booking, place or session that it was done to. `said`: the whole answer. `refused`: the tag of what speaks against it. */
export interface DeskAnswer {
  readonly id?: BookingId;
  readonly said?: string;
  readonly refused?: string;
}

type Door = MoveOs["Service"];

const REASON = "the manager says so";

const perform = (
  door: Door,
  { does, sessionInstanceId, memberId, about, capacity = 1, isOverride }: DeskCommand,
): Effect.Effect<{ readonly id: string }, { readonly _tag: string }, Principal> => {
  const override = isOverride ? { override: REASON } : {};
  switch (does) {
    case "book":
      return door.bookSession({ memberId, sessionInstanceId, ...override });
    case "cancel":
      return door.cancelBooking({ bookingId: about, ...override });
    case "join":
      return door.joinWaitlist({ memberId, sessionInstanceId });
    case "leave":
      return door.leaveWaitlist({ waitlistEntryId: about });
    case "accept":
      return door.acceptOffer({ waitlistEntryId: about });
    case "decline":
      return door.declineOffer({ waitlistEntryId: about });
    case "promote":
      return door.promoteFromWaitlist({ waitlistEntryId: about, reason: REASON });
    case "checkIn":
      return Effect.map(door.checkIn({ bookingId: about, ...override }), ({ booking }) => booking);
    case "walkIn":
      return Effect.map(door.walkIn({ memberId, sessionInstanceId, ...override }), ({ booking }) => booking);
    case "undoCheckIn":
      return door.undoCheckIn({ bookingId: about, reason: REASON });
    case "noShow":
      return door.markNoShow({ bookingId: about });
    case "undoNoShow":
      return door.undoNoShow({ bookingId: about, reason: REASON, ...override });
    case "capacity":
      return door.changeCapacity({ sessionInstanceId, capacity, reason: REASON });
    case "callOff":
      return door.cancelSession({ sessionInstanceId, reason: REASON });
  }
};

/** The same text for the same answer, whatever the order of its fields. */
const textOf = (answer: unknown): string =>
  JSON.stringify(answer, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );

/** Asks at a door, under the command's key. A defect is an answer, too: `defect: …`. */
export const askAt = (door: Door, command: DeskCommand): Effect.Effect<DeskAnswer> =>
  perform(door, command).pipe(
    command.isMember ? asHost(command.tenantId) : asOwner(command.tenantId),
    underKey(command.key),
    Effect.exit,
    Effect.map((exit): DeskAnswer => {
      if (Exit.isSuccess(exit)) return { id: exit.value.id as BookingId, said: textOf(exit.value) };
      const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
      return { refused: error?._tag ?? `defect: ${Cause.pretty(exit.cause)}` };
    }),
  );
