"use client";

import { createContext, type ReactNode, useCallback, useContext, useRef } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { notify } from "@/components/layout/notify";
import { notifyFailure } from "@/components/layout/notify-failure";
import { useShortcuts } from "@/components/layout/use-shortcuts";
import type { PostWire } from "@/lib/contracts/post";
import { useUndoPublish } from "@/lib/queries/drafts";
import { counted } from "./draft-words";
import { isHeldBack, leavesAtMs } from "./held-back";
import { LeavesIn } from "./leaves-in";

type Published = { draftId: string; posts: readonly PostWire[] };
type Undo = {
  /** Tells that these leave soon, with a way back until they do. false when none of them waits. */
  offer: (published: Published) => boolean;
  undo: (published: Published) => void;
};

const UndoContext = createContext<Undo | null>(null);

export function useUndo(): Undo {
  const undo = useContext(UndoContext);
  if (!undo) throw new Error("useUndo needs the drafts' layout around it");
  return undo;
}

/** The way back from the newest publish, also after the reader has gone on to the next draft. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const newest = useRef<Published | null>(null);
  const announce = useAnnounce();
  const { mutate } = useUndoPublish();

  const undo = useCallback(
    ({ draftId, posts }: Published) => {
      newest.current = null;
      mutate(
        { draftId, postIds: posts.map((post) => post.post_id) },
        {
          onSuccess: (answer) => {
            const left = answer.posts.length - answer.undone;
            const words =
              answer.undone === 0 ? "Already left" : `Undone for ${counted(answer.undone, "destination")}`;
            const description =
              left === 0
                ? "Nothing of it was sent. It can be published again."
                : answer.undone === 0
                  ? "It was on its way before the undo reached it."
                  : `${left} left before the undo reached them.`;
            notify(answer.undone === 0 ? "ambiguous" : "cancelled", words, { description });
            announce(`${words}. ${description}`);
          },
          onError: (error) => notifyFailure("Not undone", error),
        },
      );
    },
    [announce, mutate],
  );
  const offer = useCallback(
    ({ draftId, posts }: Published) => {
      const held = posts.filter((post) => isHeldBack(post, Date.now()));
      if (held.length === 0) return false;
      const published = { draftId, posts: held };
      const untilMs = Math.max(...held.map(leavesAtMs));
      newest.current = published;
      notify("due", `Publishing to ${held.length}`, {
        description: <LeavesIn untilMs={untilMs} />,
        action: { label: "Undo", onClick: () => undo(published) },
        // A moment longer than it holds, so that its end is seen.
        forMs: Math.max(0, untilMs - Date.now()) + 1_500,
      });
      announce(`Publishing to ${held.length}. Press u to undo.`);
      return true;
    },
    [announce, undo],
  );
  useShortcuts([
    {
      keys: "u",
      label: "Undo the last publish",
      group: "Drafts",
      run: () => {
        if (newest.current) undo(newest.current);
        else announce("There is no publish to undo.");
      },
    },
  ]);
  return <UndoContext value={{ offer, undo }}>{children}</UndoContext>;
}
