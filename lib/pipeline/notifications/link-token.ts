import { keyedHash, sha256Hex } from "@/lib/digest";

/**
 * What a message carries for a link: made of the link's id with the host's own secret, so that it can be written again at
 * every attempt, and nobody who reads the database can make it.
 */
export const linkToken = (pepper: string, linkId: string): string =>
  keyedHash(pepper, `notification link ${linkId}`);

const prefixes = { invitation: "tim_invite", password_reset: "tim_reset" } as const;

/** As `linkToken`, for links that let somebody in; told apart by their beginning, for whoever scans for secrets. */
export const accessToken = (pepper: string, about: keyof typeof prefixes, linkId: string): string =>
  `${prefixes[about]}_${keyedHash(pepper, `access link ${about} ${linkId}`).slice(0, 48)}`;

/** What is kept of it. */
export const linkTokenHash = (token: string): string => sha256Hex(token);
