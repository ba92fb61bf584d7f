/**
 * What people choose most when they are told to choose something long: words, names and rows of keys, in lower case and
 * without the digits and marks around them (those are taken off before looking here). Small on purpose: a password that
 * is one of these with decoration is guessed within a thousand tries.
 */
const words = `
password passwort passw passwd pass motdepasse contrasena contrasenha wachtwoord parola haslo salasana heslo kennwort
admin administrator administrateur root superuser sysadmin system support guest default user username login test testing
tester changeme changemenow changeit letmein letmeinnow welcome welcomeback welcomehome secret topsecret supersecret
mysecret private access master masterkey trustno ninja shadow hunter dragon monkey baseball football soccer basketball
hockey superman batman spiderman pokemon starwars startrek princess sunshine iloveyou loveyou lovely flower butterfly
hello helloworld whatever freedom computer internet server database company companyname office business monday tuesday
wednesday thursday friday saturday sunday january february march april june july august september october november
december spring summer autumn winter season london paris berlin newyork america germany france england australia
qwerty qwertyuiop qwertz qwertzuiop azerty azertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc
qweasd qweasdzxc abc abcd abcdef abcdefg abcdefgh abcdefghij abcdefghijkl abcdefghijklmnop aaa aaaa xxx
google facebook amazon microsoft windows apple samsung linkedin twitter netflix spotify github gitlab docker kubernetes
incident incidentmonitor monitor monitoring observability pagerduty production staging development developer devops
michael jennifer jessica michelle charlie andrew matthew daniel thomas robert jordan ashley nicole anthony joshua
maggie buster cookie chocolate cheese banana orange purple yellow silver golden diamond
correcthorsebatterystaple thequickbrownfox
passwordpassword adminadmin testtest qwertyqwerty
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.split(/\s+/).filter(Boolean));
