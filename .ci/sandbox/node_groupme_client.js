// node-groupme against the sandbox: what it has methods for, and the rest through its REST layer.
'use strict';

const assert = require('node:assert');
const { Client } = require('node-groupme');
const REST = require('node-groupme/dist/rest/rest').default;

const server = process.env.SANDBOX_URL;
REST.URLS = { v4: `${server}/v4/`, v3: `${server}/v3/`, v2: `${server}/` };

async function main() {
  const client = new Client(process.env.SANDBOX_TOKEN, { websocket: false });
  await client.login();
  assert.strictEqual(client.user.id, '93645911');

  await client.groups.fetch();
  assert.strictEqual(client.groups.cache.size, 27);
  const family = await client.groups.fetch('98905953');
  assert.strictEqual(family.name, 'Family');
  assert.ok(family.me.nickname && family.lastMessage.text && family.members.cache.size > 1);
  const page = await client.groups.fetch({ per_page: 100, omit_members: true });
  assert.strictEqual(page.size, 27);
  assert.strictEqual((await client.groups.former.fetch()).size, 3);
  await client.chats.fetchChats({});
  assert.strictEqual(client.chats.cache.size, 13);
  assert.ok([...client.chats.cache.values()].every(chat => chat.conversationID.includes('93645911')));

  const { rest } = client;
  const empty = { allowNull: true };
  const updated = await rest.api('POST', 'users/update', { body: { name: 'Tom Skerritt' } });
  assert.strictEqual(updated.name, 'Tom Skerritt');
  await assert.rejects(rest.api('POST', 'users/update', { body: { name: 'Tom' } }), /FirstName LastName/);
  const extended = await rest.api('POST', 'users/93645911', { body: { user: { name: 'Tom' } } }, { version: 'v2' });
  assert.strictEqual(extended.user.name, 'Tom');

  const ids = ['98905953', '93645911+118825642'];
  const v4 = { version: 'v4' };
  assert.strictEqual(await rest.api('PUT', 'pinned_conversations', { body: { pinned_conversation_ids: ids } }, { ...v4, ...empty }), null);
  assert.deepStrictEqual(await rest.api('GET', 'pinned_conversations', {}, v4), { pinned_conversation_ids: ids });
  assert.strictEqual(await rest.api('POST', 'users/sms_mode', { body: { duration: 4, registration_id: null } }, empty), null);
  assert.strictEqual(await rest.api('POST', 'users/sms_mode/delete', { body: {} }, empty), null);
  const share = await rest.api('POST', 'users/features/share', { body: { status: 'enable' } });
  assert.match(share.share_url, /^https:\/\/groupme\.com\/contact\/93645911\//);
  assert.deepStrictEqual(await rest.api('PUT', 'directories/user/majors', { body: { codes: ['5506'] } }), ['5506']);
  const year = { graduation_year: 2026, campus_profile_visibility: 'visible' };
  assert.strictEqual((await rest.api('PUT', 'directories/user/membership', { body: year })).graduation_year, '2026');
  assert.strictEqual((await rest.api('GET', 'memberships/states', { query: { page: 1 } })).length, 33);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
