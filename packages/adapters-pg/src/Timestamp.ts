import { Instant } from "@zmos/core/kernel";
import * as DateTime from "effect/DateTime";

/** An instant as the driver sends and receives a `timestamptz`. */
export const toTimestamp = (instant: Instant): Date => DateTime.toDateUtc(DateTime.makeUnsafe(instant));

/** The instant of a `timestamptz`, to the millisecond. */
export const fromTimestamp = (timestamp: Date): Instant => Instant.make(timestamp.getTime());
