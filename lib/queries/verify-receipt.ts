export type { BrowserResult } from "@/lib/audit/verify-receipt-in-browser";
export { verifyReceiptInBrowser } from "@/lib/audit/verify-receipt-in-browser";
