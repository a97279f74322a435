/** The public face of the platform module: who and where. */
export { AuditEntry } from "./domain/AuditEntry.ts";
export { CapacityDefaults, Capacity, Location } from "./domain/Location.ts";
export { Member, type MemberZone, zoneInForce } from "./domain/Member.ts";
export { allows, allowsOnOwned, GRANTS, NotPermitted, type Permission } from "./domain/Permissions.ts";
export { DayStartHours, Tenant, TenantMode, WeekStart } from "./domain/Tenant.ts";
export { EmailInUse } from "./domain/EmailInUse.ts";
export { StaffRole, UserAccount } from "./domain/UserAccount.ts";
export { Platform } from "./Platform.ts";
export {
  type Actor,
  type ActorStanding,
  CredentialStore,
  type SigningKey,
  type SignInToken,
} from "./ports/CredentialStore.ts";
export { Identity, Unauthenticated } from "./ports/Identity.ts";
export { LocationStore } from "./ports/LocationStore.ts";
export { MemberStore } from "./ports/MemberStore.ts";
export { type Delivery, type Message, Messaging } from "./ports/Messaging.ts";
export { PartnerUnavailable } from "./ports/PartnerUnavailable.ts";
export { type TenantListing, TenantStore } from "./ports/TenantStore.ts";
export { UserAccountStore } from "./ports/UserAccountStore.ts";
export { authorize, authorizeOwned } from "./usecases/Authorize.ts";
