/**
 * Raised whenever the rules find more than they did, so that what is stored already is read again by them.
 * 1: as in the first releases. 2: addresses of IP version 6, and addresses at all under `strict`. 3: what something unseen runs
 * through.
 */
export const redactionRulesVersion = 3;
