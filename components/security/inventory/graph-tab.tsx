"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { EmptyState } from "@/components/layout/empty-state";
import { FilterSelect } from "@/components/layout/filter-select";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { SearchBox } from "@/components/layout/search-box";
import { StaleNotice, useIsStale } from "@/components/layout/stale-notice";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { AuthorityGraphWire } from "@/lib/contracts/authority-graph";
import { api } from "@/lib/paths";
import { authorityGraphQuery } from "@/lib/queries/authority";
import { GraphDrawing } from "./graph-drawing";
import { narrowPaths, type WhoKind, whoKinds } from "./graph-words";
import { PathSentences } from "./path-sentences";

/** Who may publish where, drawn; what is chosen is told in sentences below, which say the same without the drawing. */
export function GraphTab() {
  const graph = useQuery(authorityGraphQuery());
  const isStale = useIsStale();
  return (
    <>
      <StaleNotice />
      <PageBody className={cn("flex flex-col gap-4", isStale && "stale")}>
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
          <p className="max-w-160 min-w-0 flex-1 basis-72 text-muted-foreground">
            Left is who acts or reports, right is what can be reached, and between them the rule that is
            passed. Nothing leaves by itself: somebody at the left has to send it.
          </p>
          <div className="ml-auto">
            <CopyApiCall path={api.authorityGraph()} />
          </div>
        </div>
        {graph.isError && !graph.data ? (
          <QueryFailure
            error={graph.error}
            what="The graph"
            onRetry={() => void graph.refetch()}
            retrying={graph.isFetching}
          />
        ) : !graph.data ? (
          <LoadingRows what="the graph" count={8} />
        ) : graph.data.paths.length === 0 ? (
          <EmptyState title="Nothing can be published" glyph="blocked">
            No destination that is switched on is reached by a route or a default.
          </EmptyState>
        ) : (
          <Explored graph={graph.data} />
        )}
      </PageBody>
    </>
  );
}

function Explored({ graph }: { graph: AuthorityGraphWire }) {
  const [kind, setKind] = useState<WhoKind>();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const nodes = useMemo(() => new Map(graph.nodes.map((node) => [node.node_id, node])), [graph]);
  const paths = useMemo(() => narrowPaths(graph.paths, nodes, { kind, text }), [graph, nodes, kind, text]);
  // What was chosen may be filtered away, or gone with a change of the configuration.
  const isThere = paths.some((path) => [path.who_id, path.gate_id, path.where_id].includes(chosen ?? ""));
  const current = isThere ? chosen : null;
  const present = new Set(graph.nodes.map((node) => node.kind));
  return (
    <>
      {graph.truncated ? (
        <Alert tone="waiting" title="Not every path is shown.">
          There are more than {graph.paths.length}. The API gives the whole inventory.
        </Alert>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <FilterSelect
          label="Who"
          any="Everybody and everything"
          value={kind}
          options={whoKinds.filter(({ value }) => present.has(value))}
          onChange={setKind}
        />
        <SearchBox label="Search the graph" placeholder="Name of any place" value={text} onSearch={setText} />
        <span role="status" className="text-12 text-muted-foreground">
          {paths.length === 1 ? "1 path" : `${paths.length} paths`}
        </span>
      </div>
      {paths.length === 0 ? (
        <EmptyState
          title="No path matches"
          glyph="cancelled"
          actions={
            <Button
              size="sm"
              className="touch:h-11"
              onClick={() => {
                setKind(undefined);
                setText("");
              }}
            >
              Clear filters
            </Button>
          }
        >
          Nothing that is shown under these filters can be published.
        </EmptyState>
      ) : (
        <>
          <GraphDrawing nodes={graph.nodes} paths={paths} chosen={current} onChoose={setChosen} />
          <PathSentences paths={paths} nodes={nodes} chosen={current} onClear={() => setChosen(null)} />
        </>
      )}
    </>
  );
}
