import { emailAddress, mailServerUrl, secretReference } from "./checks.mjs";

/**
 * How notifications leave by mail (D-34). Nothing is mailed without the first.
 * @type {import("../settings.mjs").Setting[]}
 */
export const mailSettings = [
  {
    name: "INCIDENT_MONITOR_SMTP_URL",
    flag: "--smtp-url",
    value: "URL",
    key: "smtp",
    parse: mailServerUrl,
    help: "mail server that notifications leave by, like smtps://user@mail.example.com (default: none is sent)",
  },
  {
    name: "INCIDENT_MONITOR_SMTP_PASSWORD_REF",
    flag: "--smtp-password-ref",
    value: "REFERENCE",
    key: "smtpPasswordRef",
    parse: secretReference,
    help: "secret reference of that server's password, like env:INCIDENT_MONITOR_SECRET_SMTP or file:smtp",
  },
  {
    name: "INCIDENT_MONITOR_SMTP_FROM",
    flag: "--smtp-from",
    value: "EMAIL",
    key: "smtpFrom",
    parse: emailAddress,
    help: "sender of that mail (default: incident-monitor@ the host name of the public URL)",
  },
];
