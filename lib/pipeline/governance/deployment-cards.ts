import { inTransaction } from "@/lib/db/transaction";
import { type CardKind, cardKinds } from "@/lib/domain/card-subject";
import { projectsHolding } from "@/lib/domain/permission";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { type Cards, type GivenMetadata, nothingGiven, readCards } from "./read-cards";

/** The cards as they are stored, of what the actor may see. A pure read. @throws AppError forbidden */
export async function listDeploymentCards(ctx: Context): Promise<Cards> {
  await authorize(ctx, "read", { kind: "security", id: "deployment_cards" });
  return readCards(ctx, nothingGiven);
}

/**
 * The cards with what is sent along laid over what is stored. Nothing of it is stored; that they were made is in the audit
 * (reference 7.5). Who may assess some projects gets the cards of what those may see.
 *
 * @throws AppError forbidden
 */
export async function generateDeploymentCards(ctx: Context, given: GivenMetadata): Promise<Cards> {
  const projects = projectsHolding(ctx.actor, "assess");
  await authorize(ctx, "assess", { kind: "security", id: "deployment_cards", projectId: projects?.[0] });
  const made = await readCards(ctx, given);
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, ctx, {
      action: "incident_monitor.deployment_cards.generated",
      subject: { kind: "security", id: "deployment_cards" },
      detail: {
        ...{ schema_version: 1, cards: made.cards.length, findings: made.findings.length },
        ...Object.fromEntries(cardKinds.map((kind) => [kind, countOf(made, kind)])),
      },
    }),
  );
  return made;
}

const countOf = ({ cards }: Cards, kind: CardKind) => cards.filter((card) => card.cardKind === kind).length;
