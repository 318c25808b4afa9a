"""GroupyAPI against the sandbox: what it has methods for, and the rest through its session."""

import io
import logging

import groupy
from groupy.api import attachments, base

from common import PICTURE, SERVER, TOKEN, USER, same

base.Manager.base_url = f"{SERVER}/v3/"
attachments.Images.base_url = f"{SERVER}/"

# It logs the refusal that is asked for here.
logging.disable()
client = groupy.Client.from_token(TOKEN)
same(client.user.get_me()["user_id"], USER)
same(client.user.update(name="Tom Skerritt", zip_code="92145")["name"], "Tom Skerritt")
try:
    client.user.update(name="Tom")
    raise SystemExit("one name was taken")
except groupy.exceptions.BadResponse as refusal:
    same(refusal.response.status_code, 400)

groups = list(client.groups.list_all())
same(len(groups), 27)
same(len(list(client.groups.list_all(omit="memberships"))), 27)
family = next(group for group in groups if group.name == "Family")
same(family.messages.url.endswith(f"/groups/{family.id}/messages"), True)
same(family.get_membership().nickname, "Tom Skerritt")
same(client.groups.get(family.id).name, "Family")
same({group.group_id for group in client.groups.list_former()}, {"28330145", "89417723", "91620876"})
chats = list(client.chats.list_all())
same(len(chats), 13)
same(chats[0].last_message["conversation_id"], f"{USER}+118825642")

same(client.images.upload(io.BytesIO(PICTURE))["url"].startswith("https://i.groupme.com/1x1.gif."), True)
same(client.user.sms_mode.enable(duration=4), True)
same(client.user.get_me()["sms"], True)
same(client.user.sms_mode.disable(), True)
same(client.user.get_me()["sms"], False)

# It has no methods for these; its session still has to understand the answers.
session = client.session
pins = f"{SERVER}/v4/pinned_conversations"
same(session.put(pins, json={"pinned_conversation_ids": [family.id]}).ok, True)
same(session.get(pins).data, {"pinned_conversation_ids": [family.id]})
share = session.post(f"{SERVER}/v3/users/features/share", json={"status": "enable"})
same(share.data["share_url"].startswith("https://groupme.com/contact/"), True)
same(share.errors, None)
majors = session.put(f"{SERVER}/v3/directories/user/majors", json={"codes": ["5506"]})
same(majors.data, ["5506"])
membership = {"graduation_year": 2026, "campus_profile_visibility": "visible"}
same(session.put(f"{SERVER}/v3/directories/user/membership", json=membership).data["graduation_year"], "2026")
same(len(session.get(f"{SERVER}/v3/memberships/states", params={"page": 1}).data), 33)
