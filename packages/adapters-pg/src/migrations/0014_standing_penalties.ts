/** What a member did before may close booking to it: penalties that stand are found by member. Few bookings have one. */
export const statements: ReadonlyArray<string> = [
  "create index booking_penalty_stands on booking (tenant_id, member_id) where penalty ->> 'status' = 'final'",
];
