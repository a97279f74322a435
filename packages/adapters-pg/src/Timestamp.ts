import { Instant } from "@zmos/core/kernel";

/** An instant as the driver sends and receives a `timestamptz`. */
export const toTimestamp = (instant: Instant): Date => new Date(instant);

/** The instant of a `timestamptz`, to the millisecond. */
export const fromTimestamp = (timestamp: Date): Instant => Instant.make(timestamp.getTime());
