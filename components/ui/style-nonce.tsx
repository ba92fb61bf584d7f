"use client";

import { createContext, type ReactNode, useContext } from "react";

const StyleNonce = createContext<string | undefined>(undefined);

declare global {
  var __webpack_nonce__: string | undefined;
}

type ProviderProps = { nonce: string | undefined; children: ReactNode };

/** The request's CSP nonce, for the few primitives that write a style element of their own (scroll lock, select, scroll area). */
export function StyleNonceProvider({ nonce, children }: ProviderProps) {
  // The scroll lock of radix dialogs asks for its nonce under this global name and offers no other way in.
  if (typeof window !== "undefined" && nonce) globalThis.__webpack_nonce__ = nonce;
  return <StyleNonce value={nonce}>{children}</StyleNonce>;
}

export function useStyleNonce(): string | undefined {
  return useContext(StyleNonce);
}
