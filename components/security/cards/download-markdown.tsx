"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { readCardsMarkdown } from "@/lib/queries/cards";

/** The cards as a file, made when it is asked for. Without an id, all of them. */
export function DownloadMarkdown({ cardId }: { cardId?: string }) {
  const make = useMutation({
    mutationFn: () => readCardsMarkdown(cardId),
    onSuccess: (text) => save(text, cardId),
  });
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button size="sm" className="touch:h-11" pending={make.isPending} onClick={() => make.mutate()}>
        <Download aria-hidden />
        Markdown
      </Button>
      {make.isError ? (
        <span role="alert" className="text-12">
          Not made: {make.error.message}
        </span>
      ) : null}
    </span>
  );
}

function save(text: string, cardId: string | undefined) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = cardId
    ? `deployment-card-${cardId.replaceAll(/[^\w.-]+/g, "-")}.md`
    : "deployment-cards.md";
  link.click();
  URL.revokeObjectURL(url);
}
