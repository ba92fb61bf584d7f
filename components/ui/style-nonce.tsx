"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const StyleNonce = createContext<string | undefined>(undefined);

declare global {
  var __webpack_nonce__: string | undefined;
}

type ProviderProps = { nonce: string | undefined; children: ReactNode };

/** The request's CSP nonce, for the few primitives that write a style element of their own (scroll lock, select). */
export function StyleNonceProvider({ nonce, children }: ProviderProps) {
  // The page's policy names the nonce it was loaded with; an action that renders the layout anew brings another one.
  const [own] = useState(nonce);
  // The scroll lock of radix dialogs asks for its nonce under this global name and offers no other way in.
  if (typeof window !== "undefined" && own) globalThis.__webpack_nonce__ = own;
  return <StyleNonce value={own}>{children}</StyleNonce>;
}

export function useStyleNonce(): string | undefined {
  return useContext(StyleNonce);
}
