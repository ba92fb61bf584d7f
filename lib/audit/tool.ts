// What `scripts/audit.mjs` runs: bundled into one file, with no part of the server and no database driver in it.
export { fromBase64, fromHex, toBase64, toHex } from "./bytes";
export {
  checkpointText,
  endorsementText,
  noteOf,
  openNote,
  publicKeyOf,
  readCheckpoint,
  readVerifierKey,
  signedNote,
  verifierKey,
} from "./checkpoint";
export { checkpointLine, entryLine, exportFormat, keyToWire } from "./export-lines";
export { checkpointFile, ledgerFiles } from "./ledger-files";
export { sha256 } from "./sha256";
export { newSigningSeed, signerOf, verifySignature } from "./signing";
export { hashRange, tileKey, tilesOfRanges } from "./tiles";
export { frontierRanges } from "./tree";
export { verifyExport } from "./verify-export";
export { verifyLedger } from "./verify-ledger";
export { verifyReceipt } from "./verify-receipt";
