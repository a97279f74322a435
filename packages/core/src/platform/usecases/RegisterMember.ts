import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Email, ExternalId, Name, PhoneNumber } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { TenantStore } from "../ports/TenantStore.ts";
import { authorize } from "./Authorize.ts";

/** **Shape** without `memberSince`, from the day of registration where the member lives. */
export const RegisterMember = Schema.Struct({
  firstName: Name,
  lastName: Name,
  email: Schema.optionalKey(Email),
  phone: Schema.optionalKey(PhoneNumber),
  dateOfBirth: Schema.optionalKey(CivilDateFromString),
  timezone: Schema.optionalKey(ZoneName),
  externalPartyId: Schema.optionalKey(ExternalId),
  memberSince: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "RegisterMember" });

/** Makes a person known to the tenant. The audit entry names no personal data, only that it happened. */
export const registerMember = UseCase.command(
  "RegisterMember",
  { command: RegisterMember, answer: Member, first: () => authorize("member:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const member: Member = {
      memberSince: civilDateOf(command.timezone ?? tenant.timezone, at, tenant.dayStartHours),
      ...command,
      id: yield* newId(MemberId),
      tenantId,
      createdAt: at,
      updatedAt: at,
    };
    yield* MemberStore.use((members) => members.insert(member));
    yield* record({ type: "MemberRegistered", entityType: "Member", entityId: member.id, data: {} });
    return member;
  },
);
