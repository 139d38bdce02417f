// The control interface of the practice LINE, below /emulator/.

async function call(method, path, body) {
  const response = await fetch(`/emulator/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  if (!response.ok) throw new Error(`${response.status} ${method} /emulator/${path}`);
  return response.json();
}

const person = (userId) => `people/${encodeURIComponent(userId)}`;

/** Clock, account and the people who have a phone here. */
export const readState = () => call("GET", "state");
/** `{"now": ISO}` or `{"reset": true}`. */
export const setClock = (body) => call("PUT", "clock", body);
/** A new person with a phone who is not a friend yet. */
export const addPerson = (name, language) => call("POST", "people", { name, language, consented: true, following: false, phone: true });
/** What a person does: a text, a tap, a sticker, a follow. */
export const sendEvent = (userId, event) => call("POST", `${person(userId)}/events`, event);
/** What came after the item with number `after`. */
export const readTimeline = (userId, after) => call("GET", `${person(userId)}/timeline?after=${after}`);
