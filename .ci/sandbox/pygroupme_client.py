"""pygroupmeapi against the sandbox. It only reads, and sends the token in the query."""

import pygroupmeapi
from pygroupmeapi import chat, common_utils, groupme

from common import SERVER, TOKEN, same

for module in (chat, common_utils, groupme):
    if hasattr(module, "BASE_URL"):
        module.BASE_URL = f"{SERVER}/v3/"

client = pygroupmeapi.GroupMe(TOKEN)
same((client.name, client.phone_number), ("Isaac", "+1 2345678910"))
chats = client.get_chats()
same(len(chats), 27 + 13)
same([c.last_used_epoch for c in chats], sorted((c.last_used_epoch for c in chats), reverse=True))
same(len(client.get_chats(used_after="05/17/2025")) < len(chats), True)
same(client.get_chat("Family").id, "98905953")
same(client.get_chat("Maya Okonkwo", is_dm=True).id, "118825642")
same(isinstance(client.get_chat("Family").owner(), str), True)
try:
    groupme.GroupMe("0" * 40)
    raise SystemExit("a wrong token was taken")
except common_utils.GroupMeException:
    pass
