#include "bin/admin/members/member_json.h"

namespace majlis::bin::admin {

void add_member(JsonLine& line, const lists::MemberView& member) {
  line.text("name", member.name).texts("flags", member.flags).text("joined", iso8601(member.joined));
  if (member.is_stopped) line.flag("stopped", true);
  if (member.renewed != 0) line.text("renewed", iso8601(member.renewed));
  if (!member.bounces) return;
  line.text("bounce", member.bounces->state)
      .hundredths("bounce_score", member.bounces->score)
      .number("bounce_days", member.bounces->days)
      .text("bounce_last", iso8601(member.bounces->last))
      .text("bounce_status", member.bounces->status);
}

}  // namespace majlis::bin::admin
