import { openSmtpServer, type ReceivedMail, type SmtpServer } from "@/lib/testing/smtp-server";
import { openPage, untilHeard } from "./support/open-page";
import { ownServer } from "./support/own-server";
import { addPerson } from "./support/people";
import { expect, signIn, test } from "./support/test";

test.use({ as: "nobody" });

test("a message says that an approval is due, and its link opens the review once, for who signs in", async ({
  page,
  monitor,
  marker,
}) => {
  const smtp = await openSmtpServer("accept", ownServer().smtpPort);
  const ann = await addPerson(monitor, "approver");
  const secretWords = `Ledger${marker} of Jane Roe does not add up`;
  const draft = await monitor.report({
    title: secretWords,
    detail: `${secretWords}: 17 entries are missing.`,
    event: "ledger.check.failed",
    component: "ledger",
    risk_level: "critical",
  });
  const tell = async (enabled: boolean) => {
    const path = "/incident-monitor/notifications";
    const { settings } = (await monitor.call<{ settings: object }>("GET", path)).body;
    expect((await monitor.call("PUT", path, { ...settings, enabled })).status).toBe(200);
  };
  await tell(true);
  try {
    const mail = await mailTo(smtp, ann.email, draft.draft_id);
    expect(mail.raw + mail.text).not.toMatch(new RegExp(`Ledger${marker}|Jane|entries`));
    const link = new RegExp(
      `${draft.draft_id} \\(.*critical risk\\)\\r?\\n\\s+(\\S+/notice/[0-9a-f]{64})`,
    ).exec(mail.text)?.[1];
    expect(link).toBeDefined();

    await page.goto(link ?? "");
    await signIn(page, ann);
    await untilHeard(page);
    await page.getByRole("button", { name: "Open the review" }).click();
    await expect(page).toHaveURL(new RegExp(`/drafts/${draft.draft_id}\\?told=`));
    await expect(page.getByText("As you were told.")).toBeVisible();

    await openPage(page, link ?? "");
    await page.getByRole("button", { name: "Open the review" }).click();
    await expect(page.getByText("This link was opened before")).toBeVisible();
  } finally {
    await tell(false);
    await smtp.close();
  }
});

/** Others who may decide are told as well, and what waited before may be told in a message of its own. */
async function mailTo(smtp: SmtpServer, address: string, draftId: string): Promise<ReceivedMail> {
  for (;;) {
    const mail = await smtp.next();
    if (mail.to === address && mail.text.includes(draftId)) return mail;
  }
}
