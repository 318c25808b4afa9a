"""lowerpines against the sandbox. It reads a single space where nothing is said, as captured traffic has it."""

from lowerpines.endpoints.image import ImageConvertRequest
from lowerpines.endpoints.request import Request
from lowerpines.endpoints.user import UserUpdateRequest
from lowerpines.exceptions import GroupMeApiException, UnauthorizedException
from lowerpines.gmi import GMI

from common import PICTURE, SERVER, TOKEN, USER, same

Request.base_url = f"{SERVER}/v3"
ImageConvertRequest.url = lambda self: f"{SERVER}/pictures"

gmi = GMI(TOKEN)
me = gmi.user[0]
same((me.name, me.email), ("Isaac", "email@example.con"))
me.name = "Tom Skerritt"
me.save()
me.refresh()
same(me.name, "Tom Skerritt")
try:
    UserUpdateRequest(gmi, name="Tom")
    raise SystemExit("one name was taken")
except GroupMeApiException as refusal:
    same("FirstName LastName" in str(refusal), True)
try:
    list(GMI("0" * 40).user)
    raise SystemExit("a wrong token was taken")
except UnauthorizedException:
    pass

same(len(gmi.groups), 27)
family = gmi.groups.get(name="Family")
same((family.group_id, [member.nickname for member in family.members][0]), ("98905953", "Tom Skerritt"))
same(isinstance(family.messages.last_id, str) and family.messages.count > 0, True)
family.refresh()
same(family.name, "Family")
same({group.group_id for group in gmi.groups.former()}, {"28330145", "89417723", "91620876"})
same(len(gmi.chats), 13)
same((gmi.chats[0].other_user.name, gmi.chats[0].last_message.conversation_id), ("Maya Okonkwo", f"{USER}+118825642"))

same(ImageConvertRequest(gmi, PICTURE).result.startswith("https://i.groupme.com/1x1.gif."), True)
me.enable_sms(4, None)
me.refresh()
same(me.sms, True)
me.disable_sms()
me.refresh()
same(me.sms, False)
