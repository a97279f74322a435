import type { PageRequest } from "@zmos/core/kernel";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text may be sent as a uuid. */
export const isUuid = (text: string | undefined): text is string => text !== undefined && UUID.test(text);

/** The id after which a page by id begins; a cursor that somebody made up begins at the beginning. */
export const afterId = ({ after }: PageRequest): string | undefined => (isUuid(after?.[0]) ? after[0] : undefined);
