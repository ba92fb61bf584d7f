// What `scripts/audit.mjs` reads and writes the ledger's tables by: the same statements as the server.
export { findNewestCheckpoint, ledgerSource, loadLedgerKeys, loadTiles } from "./audit-ledger-store";
export { insertLedgerKey } from "./audit-seal-store";
