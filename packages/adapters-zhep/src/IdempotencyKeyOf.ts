import type { TenantId } from "@zmos/core";

/** A tenant's own key as ZHEP's idempotency key: it differs from every other tenant's, and fits in a header whatever it is made of. */
export const idempotencyKeyOf = (tenantId: TenantId, key: string): string =>
  `${tenantId}/${encodeURIComponent(key.toWellFormed())}`;
