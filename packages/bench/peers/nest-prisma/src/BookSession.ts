import { z } from "zod";

/** What is asked for. */
export const BookSession = z.strictObject({ memberId: z.uuid(), sessionInstanceId: z.uuid() });
export type BookSession = z.infer<typeof BookSession>;

/** The booking as it is told, and kept under the idempotency key. */
export interface Booked {
  readonly id: string;
  readonly tenantId: string;
  readonly memberId: string;
  readonly sessionInstanceId: string;
  readonly status: "booked";
  readonly createdAt: string;
}
