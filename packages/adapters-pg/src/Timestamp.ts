import { type Instant, toInstant } from "@zmos/core/kernel";

/** An instant as the driver sends and receives a `timestamptz`. */
export const toTimestamp = (instant: Instant): Date =>
  // @effect-diagnostics-next-line globalDate:off -- hundreds a batch, and it is a number that is turned into the driver's own form
  new Date(instant);

/** The instant of a `timestamptz`, to the millisecond. */
export const fromTimestamp = (timestamp: Date): Instant => toInstant(timestamp.getTime());
