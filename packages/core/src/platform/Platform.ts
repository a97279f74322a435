import * as Context from "effect/Context";
import * as Layer from "effect/Layer";
import { EventLog } from "../kernel/EventLog.ts";
import { IdempotencyKeys } from "../kernel/IdempotencyKeys.ts";
import { IdSource } from "../kernel/IdSource.ts";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";
import { bindPorts } from "../kernel/UseCase.ts";
import { CredentialStore } from "./ports/CredentialStore.ts";
import { LocationStore } from "./ports/LocationStore.ts";
import { MemberStore } from "./ports/MemberStore.ts";
import { TenantStore } from "./ports/TenantStore.ts";
import { UserAccountStore } from "./ports/UserAccountStore.ts";
import { createLocation } from "./usecases/CreateLocation.ts";
import { createTenant } from "./usecases/CreateTenant.ts";
import { createUserAccount } from "./usecases/CreateUserAccount.ts";
import { declareConstraints } from "./usecases/DeclareConstraints.ts";
import { deactivateUserAccount } from "./usecases/DeactivateUserAccount.ts";
import { getLocation } from "./usecases/GetLocation.ts";
import { getMember } from "./usecases/GetMember.ts";
import { getTenant } from "./usecases/GetTenant.ts";
import { getUserAccount } from "./usecases/GetUserAccount.ts";
import { listAuditEntries } from "./usecases/ListAuditEntries.ts";
import { listLocations } from "./usecases/ListLocations.ts";
import { listMembers } from "./usecases/ListMembers.ts";
import { listUserAccounts } from "./usecases/ListUserAccounts.ts";
import { registerMember } from "./usecases/RegisterMember.ts";
import { revokeTokens } from "./usecases/RevokeTokens.ts";

const make = bindPorts(
  [
    CredentialStore,
    EventLog,
    IdempotencyKeys,
    IdSource,
    LocationStore,
    MemberStore,
    TenantStore,
    UnitOfWork,
    UserAccountStore,
  ],
  {
    createTenant,
    getTenant,
    createLocation,
    getLocation,
    listLocations,
    registerMember,
    getMember,
    declareConstraints,
    listMembers,
    createUserAccount,
    deactivateUserAccount,
    getUserAccount,
    listUserAccounts,
    listAuditEntries,
    revokeTokens,
  },
);

/** The door to who and where: tenants, locations, members. */
export class Platform extends Context.Service<Platform>()("@zmos/core/platform/Platform", { make }) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
