"use client";

import { RemoveRow } from "@/components/settings/remove-row";
import { andWords } from "@/components/settings/words";
import type { Uses } from "./edit-destinations";

type RemoveDestinationProps = {
  name: string;
  isNew: boolean;
  uses: Uses;
  /** Without it only the legacy GitHub settings are left. */
  isLast: boolean;
  canEdit: boolean;
  onRemove: () => void;
};

/** Takes a destination away, after saying who sends there and what becomes of that. */
export function RemoveDestination({ name, isNew, uses, isLast, canEdit, onRemove }: RemoveDestinationProps) {
  const stuck = uses.projects.filter((project) => project.onlyAllowed).map(({ name }) => name);
  const falling = uses.routes.filter((route) => route.onlyOne).map(({ name }) => name);
  const losing = uses.routes.filter((route) => !route.onlyOne).map(({ name }) => name);
  return (
    <RemoveRow what="destination" {...{ name, isNew, canEdit, onRemove }} blocked={stuck.length > 0}>
      {stuck.length > 0 ? (
        <p>
          {andWords(stuck)} may send here and nowhere else. Without it they could send anywhere, so first
          choose in Sources where they may send.
        </p>
      ) : (
        <>
          <p>Its receipts stay. Deliveries that still wait for it are blocked.</p>
          {isLast ? <p>It is the last one: the legacy GitHub settings come into force.</p> : null}
          {falling.length > 0 ? <p>{andWords(falling)}: falls back to the default destinations.</p> : null}
          {losing.length > 0 ? <p>{andWords(losing)}: goes on to its other destinations.</p> : null}
          {uses.isDefault ? <p>It is taken out of the default destinations.</p> : null}
          {uses.projects.length > 0 ? (
            <p>{andWords(uses.projects.map(({ name }) => name))}: no longer names it.</p>
          ) : null}
          <p>Nothing happens until you save.</p>
        </>
      )}
    </RemoveRow>
  );
}
