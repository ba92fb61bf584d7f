"use client";

import { useEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useStyleNonce } from "@/components/ui/style-nonce";
import { openApiDocumentPath } from "@/lib/paths";
import { adaptTemplates } from "./explorer-templates";
import { explorerStyles } from "./explorer-theme";

type TryRequest = { headers: Headers; credentials?: RequestCredentials };
type TryEvent = CustomEvent<{ request: TryRequest }>;

/** Attributes of openapi-explorer 2.4 (README, "Attributes"). Its own key form is hidden: ours keeps no history. */
const attributes: Readonly<Record<string, string>> = {
  "spec-url": openApiDocumentPath(),
  "hide-authentication": "true",
  "hide-server-selection": "true",
  "hide-components": "true",
  "schema-expand-level": "2",
  "nav-item-spacing": "compact",
  "show-side-nav": "true",
};
const wide = "(min-width: 768px)";

/** The renderer, in an element of its own: what it needs is loaded with this page alone, from this server. */
export function ApiExplorer({ token }: { token: string }) {
  const place = useRef<HTMLDivElement>(null);
  const nonce = useStyleNonce();
  const [failed, setFailed] = useState(false);
  const [ready, setReady] = useState(false);
  const tokenNow = useRef(token);
  tokenNow.current = token;

  useEffect(() => {
    let element: HTMLElement | null = null;
    let left = false;
    async function open() {
      await import("openapi-explorer");
      if (left || !place.current) return;
      adaptTemplates(nonce);
      element = createExplorer();
      element.addEventListener("before-try", (event) => sendToken(event as TryEvent, tokenNow.current));
      element.addEventListener("spec-loaded", () => setReady(true));
      place.current.append(element);
    }
    open().catch(() => setFailed(true));
    return () => {
      left = true;
      element?.remove();
    };
  }, [nonce]);

  if (failed) {
    return (
      <ErrorState
        what="The reference could not be loaded."
        next="Load the page again; the document itself is at /openapi.json."
      />
    );
  }
  return (
    <div ref={place} data-slot="api-explorer" aria-busy={!ready} className="relative min-h-0 flex-1">
      {ready ? null : <Skeleton className="absolute inset-6" />}
    </div>
  );
}

function createExplorer(): HTMLElement {
  const element = document.createElement("openapi-explorer");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  // Its side navigation needs room; without it the operations follow one another.
  element.setAttribute("render-style", matchMedia(wide).matches ? "focused" : "view");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(explorerStyles);
  queueMicrotask(() => {
    const root = element.shadowRoot;
    if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });
  return element;
}

/** Goes with the call and is shown nowhere: the curl line beside the answer names a variable instead. */
function sendToken(event: TryEvent, token: string): void {
  if (!token) return;
  const { request } = event.detail;
  request.headers.set("authorization", `Bearer ${token}`);
  request.credentials = "omit";
  const panel = event.composedPath()[0] as HTMLElement & { curlSyntax?: string };
  queueMicrotask(() => {
    panel.curlSyntax = panel.curlSyntax?.replaceAll(token, "$INCIDENT_MONITOR_TOKEN");
  });
}
