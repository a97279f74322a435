import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Email, ExternalId, Name, PhoneNumber } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./Authorize.ts";

export const RegisterMember = Schema.Struct({
  firstName: Name,
  lastName: Name,
  email: Schema.optionalKey(Email),
  phone: Schema.optionalKey(PhoneNumber),
  dateOfBirth: Schema.optionalKey(CivilDateFromString),
  timezone: Schema.optionalKey(ZoneName),
  externalPartyId: Schema.optionalKey(ExternalId),
}).annotate({ identifier: "RegisterMember" });

/** Makes a person known to the tenant. The audit entry names no personal data, only that it happened. */
export const registerMember = UseCase.command(
  "RegisterMember",
  { command: RegisterMember, answer: Member, first: () => authorize("member:manage") },
  function* (command, { tenantId }) {
    const at = yield* now;
    const member: Member = { ...command, id: yield* newId(MemberId), tenantId, createdAt: at, updatedAt: at };
    yield* MemberStore.use((members) => members.insert(member));
    yield* record({ type: "MemberRegistered", entityType: "Member", entityId: member.id, data: {} });
    return member;
  },
);
