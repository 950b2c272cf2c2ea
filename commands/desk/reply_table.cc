#include "commands/desk/reply_table.h"

#include <array>

namespace majlis::commands {
namespace {

// In the order of the enumeration.
constexpr std::array kReplies = {
    ReplyRow{Reply::which_list, "which_list", Said::complaint, "command"},
    ReplyRow{Reply::unknown_list, "unknown_list", Said::complaint, "command word"},
    ReplyRow{Reply::unknown_list_unnamed, "unknown_list_unnamed", Said::complaint, "command"},
    ReplyRow{Reply::switched_off, "switched_off", Said::complaint, "command list"},
    ReplyRow{Reply::bad_address, "bad_address", Said::complaint, "command address"},
    ReplyRow{Reply::our_address, "our_address", Said::complaint, "command address"},
    ReplyRow{Reply::text_not_ended, "text_not_ended", Said::complaint, "command tag"},
    ReplyRow{Reply::takes_no_text, "takes_no_text", Said::complaint, "command"},
    ReplyRow{Reply::command_disabled, "command_disabled", Said::remark, ""},
    ReplyRow{Reply::not_recognized, "not_recognized", Said::complaint, "word"},
    ReplyRow{Reply::ambiguous, "ambiguous", Said::complaint, "word candidates"},
    ReplyRow{Reply::line_too_long, "line_too_long", Said::complaint, "octets lines"},
    ReplyRow{Reply::no_commands, "no_commands", Said::complaint, "help"},
    ReplyRow{Reply::decide_with, "decide_with", Said::remark, "accept reject discard"},
    ReplyRow{Reply::too_many_errors, "too_many_errors", Said::remark, ""},
    ReplyRow{Reply::too_many_commands, "too_many_commands", Said::remark, "count"},
    ReplyRow{Reply::answer_is_full, "answer_is_full", Said::remark, ""},
    ReplyRow{Reply::answer_was_cut, "answer_was_cut", Said::remark, ""},
    ReplyRow{Reply::last_of_the_day, "last_of_the_day", Said::remark, ""},
    ReplyRow{Reply::password_needed, "password_needed", Said::complaint, "command"},
    ReplyRow{Reply::password_wrong, "password_wrong", Said::complaint, "command"},
    ReplyRow{Reply::password_throttled, "password_throttled", Said::complaint, ""},
    ReplyRow{Reply::password_not_checked, "password_not_checked", Said::complaint, ""},
    ReplyRow{Reply::approve_needs_password, "approve_needs_password", Said::complaint, "command"},
    ReplyRow{Reply::approve_needs_command, "approve_needs_command", Said::complaint, "command"},
    ReplyRow{Reply::approve_invalid_command, "approve_invalid_command", Said::complaint, "command word"},
    ReplyRow{Reply::approve_refused, "approve_refused", Said::complaint, "command"},
    ReplyRow{Reply::old_password_wrong, "old_password_wrong", Said::complaint, ""},
    ReplyRow{Reply::passwd_needs_two, "passwd_needs_two", Said::complaint, "command"},
    ReplyRow{Reply::passwd_predictable, "passwd_predictable", Said::complaint, "command"},
    ReplyRow{Reply::passwd_refused, "passwd_refused", Said::complaint, "command why"},
    ReplyRow{Reply::passwd_done, "passwd_done", Said::line, ""},
    ReplyRow{Reply::challenged, "challenged", Said::remark, "count"},
    ReplyRow{Reply::challenged_everywhere, "challenged_everywhere", Said::remark, ""},
    ReplyRow{Reply::just_challenged, "just_challenged", Said::remark, ""},
    ReplyRow{Reply::not_challenged, "not_challenged", Said::remark, "owner_address"},
    ReplyRow{Reply::passed_to_owner, "passed_to_owner", Said::remark, "list approval_address"},
    ReplyRow{Reply::not_passed_to_owner, "not_passed_to_owner", Said::remark, "list owner_address"},
    ReplyRow{Reply::joined, "joined", Said::success, "list"},
    ReplyRow{Reply::left, "left", Said::success, "list"},
    ReplyRow{Reply::already_member, "already_member", Said::remark, "list"},
    ReplyRow{Reply::no_member, "no_member", Said::remark, "command address list owner_address"},
    ReplyRow{Reply::on_no_list, "on_no_list", Said::remark, "command address"},
    ReplyRow{Reply::option_set, "option_set", Said::success, "option list"},
    ReplyRow{Reply::option_needed, "option_needed", Said::complaint, "command options"},
    ReplyRow{Reply::option_is_owners, "option_is_owners", Said::complaint, "command option"},
    ReplyRow{Reply::renewed, "renewed", Said::success, "list"},
    ReplyRow{Reply::never_renewed, "never_renewed", Said::remark, "list"},
    ReplyRow{Reply::token_needed, "token_needed", Said::complaint, "command"},
    ReplyRow{Reply::token_refused, "token_refused", Said::complaint, "command"},
    ReplyRow{Reply::decision_needs_token, "decision_needs_token", Said::complaint, "command"},
    ReplyRow{Reply::decision_refused, "decision_refused", Said::complaint, "command"},
    ReplyRow{Reply::lists_head, "lists_head", Said::line, "server"},
    ReplyRow{Reply::lists_foot, "lists_foot", Said::line, "info"},
    ReplyRow{Reply::who_head, "who_head", Said::line, "list"},
    ReplyRow{Reply::who_cut, "who_cut", Said::line, ""},
    ReplyRow{Reply::who_count, "who_count", Said::line, "count"},
    ReplyRow{Reply::which_head, "which_head", Said::line, "address"},
    ReplyRow{Reply::which_none, "which_none", Said::remark, ""},
    ReplyRow{Reply::which_whole_addresses, "which_whole_addresses", Said::complaint, "command address"},
    ReplyRow{Reply::no_text, "no_text", Said::nothing, "text list"},
    ReplyRow{Reply::text_updated, "text_updated", Said::line, "date"},
    ReplyRow{Reply::files_head, "files_head", Said::line, "list"},
    ReplyRow{Reply::files_posts, "files_posts", Said::line, "count"},
    ReplyRow{Reply::files_foot, "files_foot", Said::line, "get list"},
    ReplyRow{Reply::files_none, "files_none", Said::nothing, "list"},
    ReplyRow{Reply::file_needed, "file_needed", Said::complaint, "command"},
    ReplyRow{Reply::file_invalid, "file_invalid", Said::complaint, "command file"},
    ReplyRow{Reply::file_unknown, "file_unknown", Said::nothing, "file list"},
    ReplyRow{Reply::file_too_large, "file_too_large", Said::complaint, "command file octets limit"},
    ReplyRow{Reply::file_share_used, "file_share_used", Said::complaint, "command"},
    ReplyRow{Reply::file_unreadable, "file_unreadable", Said::complaint, "command file"},
    ReplyRow{Reply::file_sent, "file_sent", Said::line, "list file"},
    ReplyRow{Reply::text_too_long, "text_too_long", Said::complaint, "command octets"},
    ReplyRow{Reply::text_accepted, "text_accepted", Said::line, "text list"},
    ReplyRow{Reply::text_is_empty, "text_is_empty", Said::line, "text"},
    ReplyRow{Reply::config_is_long, "config_is_long", Said::line, ""},
    ReplyRow{Reply::config_secret_set, "config_secret_set", Said::line, "name"},
    ReplyRow{Reply::config_secret_unset, "config_secret_unset", Said::line, "name"},
    ReplyRow{Reply::config_refused, "config_refused", Said::complaint, "list"},
    ReplyRow{Reply::config_problem, "config_problem", Said::remark, "why"},
    ReplyRow{Reply::config_problem_in_line, "config_problem_in_line", Said::remark, "line why"},
    ReplyRow{Reply::config_unchanged, "config_unchanged", Said::remark, ""},
    ReplyRow{Reply::config_secret_taken, "config_secret_taken", Said::line, "name"},
    ReplyRow{Reply::config_kept, "config_kept", Said::line, "name"},
    ReplyRow{Reply::config_not_obeyed, "config_not_obeyed", Said::line, "line"},
    ReplyRow{Reply::config_accepted, "config_accepted", Said::line, "list"},
    ReplyRow{Reply::config_written, "config_written", Said::line, "list"},
    ReplyRow{Reply::digest_is_due, "digest_is_due", Said::line, "list"},
    ReplyRow{Reply::digest_is_empty, "digest_is_empty", Said::line, "list"},
    ReplyRow{Reply::digest_is_none, "digest_is_none", Said::complaint, "command list"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kReplies.size(); ++i) {
    if (kReplies[i].reply != static_cast<Reply>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

}  // namespace

std::span<const ReplyRow> reply_table() { return kReplies; }

const ReplyRow& row_of(Reply reply) { return kReplies.at(static_cast<std::size_t>(reply)); }

}  // namespace majlis::commands
