import type { OwnedControl } from "./production-readiness";
import { owned } from "./readiness-control";

/** What lies with the customer and cannot be seen from inside. */
export const custodyControls: OwnedControl[] = [
  owned(
    "customer_owned_custody",
    "backups",
    "Backups are made and were restored",
    "This product does not make backups and cannot see yours.",
    "Restore one, then vouch for it with where it lies.",
  ),
  owned(
    "customer_owned_custody",
    "audit_key",
    "The signing key is in safe hands",
    "The key lies in the data folder or an environment variable of the host; who else reads it cannot be seen from here.",
    "Say who holds it and how it is rotated.",
  ),
  owned(
    "customer_owned_custody",
    "secrets",
    "Secrets of destinations have an owner",
    "Secrets are read by name from the host; where they come from cannot be seen from here.",
    "Say which store they come from and who may read it.",
  ),
  owned(
    "customer_owned_custody",
    "database_access",
    "Who can reach the database is known",
    "Accounts of the database beside this product's cannot be seen from here.",
    "Say who has access and how it is reviewed.",
  ),
  owned(
    "customer_owned_custody",
    "audit_copies",
    "Copies of the audit lie outside",
    "Whether anybody keeps exports of the ledger cannot be seen from here.",
    "Say where exports are kept and who verifies them.",
  ),
  owned(
    "customer_owned_custody",
    "transport",
    "The way to the panel is encrypted",
    "What stands before this product cannot be seen from here.",
    "Say what ends TLS and who renews its certificate.",
  ),
];
