/** The public face of the corporate module: employers and the members they cover. */
export { CorporateAccount } from "./domain/CorporateAccount.ts";
export { CorporateMember } from "./domain/CorporateMember.ts";
