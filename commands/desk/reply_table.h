#pragma once

#include <span>
#include <string_view>

#include "commands/tongues/tongue.h"

namespace majlis::commands {

constexpr std::string_view kRepliesText = "replies";

// What a verb may answer: the sentences of the text "replies" (lists/site/sentences.h), by the names they have there.
enum class Reply {
  // any command
  which_list,
  unknown_list,
  unknown_list_unnamed,
  switched_off,
  bad_address,
  our_address,
  text_not_ended,
  takes_no_text,
  command_disabled,
  no_such_list,
  // lines that are no command
  not_recognized,
  rest_not_read,
  not_yet,
  not_here,
  ambiguous,
  line_too_long,
  no_commands,
  help_is_there,
  decide_with,
  // the end of the answer
  too_many_errors,
  too_many_commands,
  answer_is_full,
  answer_was_cut,
  last_of_the_day,
  // passwords
  password_needed,
  password_wrong,
  password_of_posts,
  password_throttled,
  password_not_checked,
  approve_needs_password,
  approve_needs_command,
  approve_invalid_command,
  approve_refused,
  old_password_wrong,
  passwd_needs_two,
  passwd_predictable,
  passwd_refused,
  passwd_done,
  // subscribe, unsubscribe, set, confirm, auth
  challenged,
  challenged_everywhere,
  just_challenged,
  not_challenged,
  passed_to_owner,
  passed_on_for_another,
  owner_asked_today,
  not_passed_to_owner,
  joined,
  left,
  already_member,
  no_member,
  on_no_list,
  option_set,
  option_needed,
  option_is_owners,
  options_contradict,
  option_unknown,
  option_not_yet,
  option_always,
  renewed,
  never_renewed,
  token_needed,
  token_refused,
  reply_refuses,
  reply_has_other_subject,
  request_cancelled,
  // accept, reject, discard
  decision_needs_token,
  decision_refused,
  decided_already,
  not_accepted_infected,
  not_accepted_unscanned,
  decide_about_all,
  decided_all,
  more_to_decide,
  all_decided_already,
  // lists, who, which, info, intro
  lists_head,
  lists_foot,
  who_head,
  who_cut,
  who_count,
  who_none,
  who_is_private,
  which_head,
  which_columns,
  which_none,
  which_whole_addresses,
  show_head,
  show_options,
  show_no_options,
  show_since,
  show_suspended,
  option_mail,
  option_nomail,
  option_digest,
  option_nodigest,
  option_mime,
  option_plain,
  option_ack,
  option_noack,
  option_repro,
  option_norepro,
  option_conceal,
  option_noconceal,
  option_nopost,
  option_moderated,
  option_norenew,
  show_is_ones_own,
  no_text,
  text_updated,
  text_dated,
  // index, get
  files_head,
  files_posts,
  files_foot,
  files_none,
  index_is_private,
  get_is_private,
  file_needed,
  file_invalid,
  file_too_large,
  file_share_used,
  files_used_up,
  file_unreadable,
  file_sent,
  // newinfo, newintro, config, newconfig, writeconfig, mkdigest
  text_too_long,
  text_has_password,
  text_accepted,
  text_is_empty,
  config_is_long,
  config_secret_set,
  config_secret_unset,
  config_refused,
  config_problem,
  config_problem_in_line,
  config_unchanged,
  config_secret_taken,
  config_kept,
  config_not_obeyed,
  config_accepted,
  config_written,
  digest_is_due,
  digest_is_empty,
  digest_is_none,
  // auth, of posts
  posts_sent,
  posts_wait,
  no_post_waits,
  // subscribe
  is_banned,
};

struct ReplyRow {
  Reply reply;
  std::string_view id;
  Said said;
  std::string_view words;  // the ${words} it may use, with blanks between them
};
std::span<const ReplyRow> reply_table();
const ReplyRow& row_of(Reply reply);

}  // namespace majlis::commands
