#include "lists/site/config/settings.h"

#include <string>
#include <unordered_map>

#include "base/text.h"

namespace majlis::lists {
namespace {

using S = Setting;
using T = SettingType;

constexpr std::string_view kPolicies = "open|closed|auto|open+confirm|closed+confirm|auto+confirm";
constexpr std::string_view kAccess = "open|closed|list";
constexpr std::string_view kNoDigestPaths = "kept_digest_paths";
constexpr std::int64_t kUnbounded = 1'000'000'000;

// Columns: setting, name, type, default, choices, minimum, maximum, description, requirement, why it is not obeyed.
// In the order of the enumeration.
constexpr SettingSpec kSettings[] = {
    // who the list is
    {S::description, "description", T::line, "", "", 0, 0,
     "What the list is about, one line; stands in LISTS and in the List-Id field.", "", ""},
    {S::list_id, "list_id", T::word, "", "", 0, 0, "Identifier in the List-Id field (RFC 2919); empty: NAME.DOMAIN.",
     "", ""},
    {S::owner, "owner", T::addresses, "", "", 0, 0,
     "Addresses of the owners: they get bounces, notices and requests for approval.", "TR-04", ""},
    {S::moderators, "moderators", T::addresses, "", "", 0, 0, "Addresses that get held posts; empty: the owners.",
     "TR-05", ""},
    {S::dialect, "dialect", T::choice, "majordomo", "majordomo|listserv|mailman", 0, 0,
     "Command language spoken at LIST-request, and in letters that no command caused.", "", ""},
    {S::language, "language", T::choice, "en", "en|fr", 0, 0, "Language of the letters the list writes.", "", ""},
    {S::reply_to, "reply_to", T::word, "", "", 0, 0,
     "Replaces the Reply-To field of posts; $LIST and $SENDER are filled in, a missing domain too.", "TR-39", ""},
    {S::reply_to_mode, "reply_to_mode", T::word, "author", "", 0, 0,
     "Where answers to a post go when reply_to is empty: to its author (author), the list (list), both, or an address "
     "put here.",
     "TR-39", ""},
    {S::strip_reply_to, "strip_reply_to", T::boolean, "no", "", 0, 0,
     "Take the author's own Reply-To field out of posts.", "TR-39", ""},
    {S::sender, "sender", T::word, "", "", 0, 0,
     "Replaces the Sender field of posts (empty: it stays as it came); $LIST and $SENDER are filled in. Bounces go to "
     "LIST-bounces all the same.",
     "", ""},
    {S::resend_host, "resend_host", T::word, "", "", 0, 0,
     "Domain of sender, reply_to and moderator where they name none; empty: the domain of the list.", "", ""},
    {S::precedence, "precedence", T::word, "list", "", 0, 0, "Value of the Precedence field of posts.", "", ""},
    {S::subject_prefix, "subject_prefix", T::line, "", "", 0, 0,
     "Put in front of the Subject of posts unless it is there already; $LIST, $SENDER and $VERSION are filled in.", "",
     ""},
    {S::subject_tag, "subject_tag", T::line, "", "", 0, 0,
     "Stands in brackets before the Subject in the copies of members with the option subjecthdr; empty: the list's "
     "name.",
     "", ""},
    {S::topics, "topics", T::lines, "", "", 0, 0,
     "What posts are about, one a line: NAME, or NAME /pattern/ description. A post's Subject names its topics before "
     "a colon or as #NAME, or it or the Keywords field match the pattern; members may choose some.",
     "", ""},
    // joining and leaving
    {S::subscribe_policy, "subscribe_policy", T::choice, "open+confirm", kPolicies, 0, 0,
     "Who may join: anyone (open), with the owner's approval (closed), or anyone for anyone (auto); +confirm asks the "
     "address first.",
     "TR-14", ""},
    {S::unsubscribe_policy, "unsubscribe_policy", T::choice, "open+confirm", kPolicies, 0, 0,
     "Who may leave. Whatever it says, the address itself always may, by confirming, and the owner's password may "
     "remove it.",
     "TR-15", ""},
    {S::welcome, "welcome", T::boolean, "yes", "", 0, 0, "Send new members the welcome text.", "", ""},
    {S::announcements, "announcements", T::boolean, "yes", "", 0, 0, "Tell the owner who joined and who left.", "", ""},
    {S::strip, "strip", T::boolean, "yes", "", 0, 0,
     "Remember only the address of a new member, not the name beside it.", "", ""},
    {S::default_options, "default_options", T::line, "", "", 0, 0,
     "Options with which new members begin, separated by blanks (conceal digest norepro ...); moderated and nopost "
     "count for posts of strangers as well.",
     "", ""},
    {S::ack_new_members, "ack_new_members", T::boolean, "no", "", 0, 0,
     "New members are told when a post of theirs went out, until they say otherwise; the same as ack in "
     "default_options, which goes first.",
     "", ""},
    {S::join_domains, "join_domains", T::line, "", "", 0, 0,
     "Domains whose addresses may ask to join, separated by blanks; * stands for anything (*.example.org); empty: all. "
     "An owner may add others.",
     "TR-14", ""},
    {S::subscribe_auto_approval, "subscribe_auto_approval", T::lines, "", "", 0, 0,
     "Addresses that need no approval where subscribe_policy asks for it, once they have confirmed, one a line; * "
     "stands for anything.",
     "TR-14", ""},
    {S::token_hours, "token_hours", T::integer, "48", "", 1, 168, "Hours for which a mailed token is valid.", "TR-16",
     ""},
    {S::challenges_per_day, "challenges_per_day", T::integer, "200", "", 1, 100000,
     "Most requests for confirmation the list mails in a day to those who would join, and most requests without proof "
     "passed on to the owner; members who want to leave or change something are not counted with them. When it is "
     "reached the owner is told.",
     "TR-37", ""},
    {S::renewal, "renewal", T::line, "", "", 0, 0,
     "How long a subscription lasts before the member is asked to renew it: weekly, monthly, yearly, N-daily, "
     "N-weekly, N-monthly, N-yearly, YYYY/MM/DD (once), MM/DD (each year), several with commas; with probe a letter "
     "only tests the address; empty: for ever.",
     "", ""},
    {S::renewal_delay_days, "renewal_delay_days", T::integer, "7", "", 1, 60,
     "Days to answer that letter before the member is removed.", "", ""},
    // posting
    {S::post_access, "post_access", T::choice, "list", "open|list|closed", 0, 0,
     "Who may post: anyone (open), members (list), or only who shows a password or a moderator's token (closed).",
     "TR-03", ""},
    {S::moderate, "moderate", T::boolean, "no", "", 0, 0, "Hold every post until a moderator has approved it.", "TR-22",
     ""},
    {S::moderator, "moderator", T::word, "", "", 0, 0,
     "One address that gets held posts instead of moderators; best left empty.", "TR-05", ""},
    {S::nonmember_posts, "nonmember_posts", T::choice, "hold", "accept|challenge|hold|reject|discard", 0, 0,
     "What becomes of a post by someone who may not post; where only moderators may, accept is as hold.", "TR-03", ""},
    {S::accept_these_nonmembers, "accept_these_nonmembers", T::lines, "", "", 0, 0,
     "Addresses that may post without being members, one a line; * stands for anything.", "TR-03", ""},
    {S::hold_these_nonmembers, "hold_these_nonmembers", T::lines, "", "", 0, 0,
     "Addresses of strangers whose posts are held, whatever nonmember_posts says; as above.", "TR-03", ""},
    {S::reject_these_nonmembers, "reject_these_nonmembers", T::lines, "", "", 0, 0,
     "Addresses of strangers whose posts are refused; as above.", "TR-03", ""},
    {S::discard_these_nonmembers, "discard_these_nonmembers", T::lines, "", "", 0, 0,
     "Addresses of strangers whose posts are thrown away; as above.", "TR-03", ""},
    {S::address_filter, "address_filter", T::lines, "", "", 0, 0,
     "Addresses that may not ask to join and whose posts are held, members or not, one a line; * stands for anything.",
     "TR-03", ""},
    {S::address_filter_except, "address_filter_except", T::lines, "", "", 0, 0,
     "Addresses to which address_filter does not apply, one a line; as above.", "TR-03", ""},
    {S::fold_subaddresses, "fold_subaddresses", T::boolean, "no", "", 0, 0,
     "A member who joined as NAME@DOMAIN may post as NAME+WORD@DOMAIN, and the other way round.", "", ""},
    {S::equivalent_domains, "equivalent_domains", T::lines, "", "", 0, 0,
     "Domains of which each may stand for the others in the address of a member who posts: groups, one a line, with "
     "blanks between the domains.",
     "", ""},
    {S::moderate_first, "moderate_first", T::integer, "0", "", 0, 1000,
     "How many posts of a new member are held before its posts pass as the others' do. 0: none.", "TR-22", ""},
    {S::thread_days, "thread_days", T::integer, "0", "", 0, 3650,
     "Hold answers in a thread whose first post is older than this. 0: never.", "", ""},
    {S::administrivia, "administrivia", T::boolean, "yes", "", 0, 0,
     "Hold posts that look like commands sent to the wrong address.", "", ""},
    {S::admin_headers, "admin_headers", T::patterns, "", "", 0, 0,
     "With administrivia: hold posts with a header line that matches, as a command.", "", ""},
    {S::admin_body, "admin_body", T::patterns, "", "", 0, 0,
     "With administrivia: hold posts with a match in their first lines of text, as a command.", "", ""},
    {S::maxlength, "maxlength", T::integer, "40000", "", 1, kUnbounded, "Octets of body above which a post is held.",
     "", ""},
    {S::hold_days, "hold_days", T::integer, "14", "", 1, 60, "Days after which a held post or request is discarded.",
     "", ""},
    {S::urgent, "urgent", T::choice, "moderators", "no|moderators|password", 0, 0,
     "Whose post with the field Urgent: PASSWORD reaches all at once: an owner's or moderator's, or whoever knows the "
     "password.",
     "", ""},
    {S::emergency, "emergency", T::boolean, "no", "", 0, 0,
     "Hold every post, whoever wrote it, until this is off again.", "TR-22", ""},
    {S::flood_per_hour, "flood_per_hour", T::integer, "0", "", 0, kUnbounded,
     "Posts accepted in 60 minutes, beyond which all are held. 0: no limit.", "", ""},
    {S::flood_per_day, "flood_per_day", T::integer, "0", "", 0, kUnbounded,
     "Posts accepted in a day (UTC), beyond which all are held. 0: no limit.", "", ""},
    {S::author_posts_per_day, "author_posts_per_day", T::integer, "0", "", 0, kUnbounded,
     "Posts of one author accepted in a day (UTC), beyond which the author's next ones are refused; owners and "
     "moderators are not counted. 0: no limit.",
     "", ""},
    {S::max_recipients, "max_recipients", T::integer, "0", "", 0, 10'000,
     "Hold posts with more addresses than this in To and Cc. 0: no limit.", "", ""},
    {S::require_list_address, "require_list_address", T::boolean, "no", "", 0, 0,
     "Hold posts that name the list's address in none of To, Cc, Resent-To and Resent-Cc.", "", ""},
    {S::loop_check, "loop_check", T::choice, "normal", "normal|full", 0, 0,
     "How posts are recognised that came back: by what this list and mail servers write into them (normal), also by a "
     "line From:, Sender: or Reply-To: with the list's address in their text, which holds them (full).",
     "", ""},
    {S::acceptable_aliases, "acceptable_aliases", T::patterns, "", "", 0, 0,
     "With require_list_address: other addresses that name the list; a pattern without @ may match the part in front "
     "of "
     "it.",
     "", ""},
    {S::max_held_posts, "max_held_posts", T::integer, "500", "", 1, 1000,
     "Posts that wait for the moderators at a time, at most; one more is refused, and its author hears why.", "TR-37",
     ""},
    {S::max_held_octets, "max_held_octets", T::integer, "200000000", "", 1024, kUnbounded,
     "Octets of the posts that wait at a time, at most.", "TR-37", ""},
    {S::held_notices_per_day, "held_notices_per_day", T::integer, "100", "", 0, 100000,
     "Notices of single posts that wait in a day; what comes then stands in the daily reminder. 0: only there.", "",
     ""},
    {S::held_notice_octets, "held_notice_octets", T::integer, "100000", "", 1024, kUnbounded,
     "Octets of a post that waits which go along with its notice; the whole stays on the server.", "", ""},
    {S::author_letters_per_day, "author_letters_per_day", T::integer, "500", "", 1, 100000,
     "Letters to authors in a day about posts that are held or refused, and answers of the list's own "
     "(autorespond_...); "
     "a moderator's decision is always mailed.",
     "TR-37", ""},
    {S::discard_headers, "discard_headers", T::patterns, "", "", 0, 0,
     "Throw away posts with a header field that matches.", "", ""},
    {S::reject_headers, "reject_headers", T::patterns, "", "", 0, 0, "Refuse posts with a header field that matches.",
     "", ""},
    {S::taboo_headers, "taboo_headers", T::patterns, "", "", 0, 0, "Hold posts with a header field that matches.", "",
     ""},
    {S::taboo_body, "taboo_body", T::patterns, "", "", 0, 0, "Hold posts with a line of text that matches.", "", ""},
    {S::content_filter, "content_filter", T::lines, "", "", 0, 0,
     "Rules of LISTSERV's content filter, one a line: NAME: TEXT for a header field that contains it, NAME:: TEXT for "
     "one that equals it, Header: TEXT for any, Text: TEXT or TEXT alone for a line of the text; the next line may say "
     "Action: ALLOW, REJECT, MODERATE or DISCARD.",
     "", ""},
    {S::message_fronter, "message_fronter", T::lines, "", "", 0, 0,
     "Text in front of every post; $LIST, $SENDER and $VERSION are filled in.", "", ""},
    {S::message_footer, "message_footer", T::lines, "", "", 0, 0,
     "Text behind every post; $LIST, $SENDER and $VERSION are filled in.", "", ""},
    {S::personalize, "personalize", T::choice, "no", "no|yes|full", 0, 0,
     "Give each member a copy of their own: fronter, footer and List-Unsubscribe can name the member (yes), who also "
     "is "
     "the addressee (full).",
     "", ""},
    {S::signed_unsubscribe, "signed_unsubscribe", T::boolean, "yes", "", 0, 0,
     "Where members have copies of their own (personalize, or verp = always with verp_interval = 1): List-Unsubscribe "
     "takes the member off at one click, without an answer to confirm it.",
     "", ""},
    {S::message_headers, "message_headers", T::lines, "", "", 0, 0,
     "Header fields added to every post; $LIST, $SENDER and $VERSION are filled in.", "", ""},
    {S::remove_headers, "remove_headers", T::lines, "", "", 0, 0,
     "Names of header fields taken out of every post, one a line.", "", ""},
    {S::anonymous, "anonymous", T::boolean, "no", "", 0, 0,
     "Posts go out in the list's name, without anything in the header that names their author.", "TR-27", ""},
    {S::anonymous_text, "anonymous_text", T::boolean, "no", "", 0, 0,
     "With anonymous: the author's address is taken out of the Subject and the text as well.", "TR-27", ""},
    {S::archived_at, "archived_at", T::line, "", "", 0, 0,
     "Address of a post in an archive on the web, for the Archived-At field; $LIST, $MONTH and $MSGID are filled in.",
     "", ""},
    {S::purge_received, "purge_received", T::boolean, "no", "", 0, 0, "Remove the Received fields of posts.", "", ""},
    {S::malformed_posts, "malformed_posts", T::choice, "hold", "hold|reject|accept", 0, 0,
     "What becomes of a post whose structure can be read in two ways.", "", ""},
    {S::attachments, "attachments", T::line, "yes", "", 0, 0,
     "Which attachments posts may have: all (yes), none (no), or these media types, separated by commas (image/*, "
     "application/pdf); what their octets show counts as well.",
     "TR-19", ""},
    {S::attachment_names, "attachment_names", T::line, "", "", 0, 0,
     "Endings of file names that no attachment may have, separated by commas, whatever attachments says; in archives, "
     "and content of that kind, too.",
     "", ""},
    {S::attachment_action, "attachment_action", T::choice, "strip", "reject|strip|hold|discard", 0, 0,
     "What becomes of a post with an attachment that is not permitted; strip: a note stands in its place.", "", ""},
    {S::html, "html", T::choice, "clean", "keep|clean|text|reject", 0, 0,
     "What becomes of HTML: it stays as it is (keep), goes without its active content (clean), becomes text, its text "
     "form alone where it has one (text), or goes where the post says the same in text and else is refused (reject).",
     "TR-21", ""},
    {S::html_remote, "html_remote", T::choice, "keep", "keep|remove", 0, 0,
     "With html = clean: whether pictures and the like that are loaded from elsewhere when the post is read stay "
     "(keep) "
     "or go (remove); links stay.",
     "TR-21", ""},
    {S::collapse_alternatives, "collapse_alternatives", T::boolean, "no", "", 0, 0,
     "Of a post that says the same in text and in HTML only the text is sent.", "", ""},
    {S::restrict_post, "restrict_post", T::line, "", "", 0, 0,
     "Who may post instead of the members: lists of the same domain and files in the list's folder posters, names "
     "separated by ':' or blanks.",
     "TR-03", ""},
    {S::unauthenticated, "unauthenticated", T::choice, "", "accept|challenge|hold|reject", 0, 0,
     "What becomes of a member's, moderator's or owner's post that does not show that it comes from the domain of its "
     "From field; empty: hold where site.conf has an authserv_id and that domain's DMARC policy asks for quarantine or "
     "reject, else accept.",
     "", ""},
    {S::trust_authenticated, "trust_authenticated", T::choice, "leave", "no|leave|yes", 0, 0,
     "What a member may do by mail that shows that it comes from the domain of its From field, without being asked to "
     "confirm: nothing (no), leave the list or stop its mail (leave), also set other options and renew (yes).",
     "", ""},
    {S::dmarc, "dmarc", T::choice, "munge", "none|munge|wrap|reject", 0, 0,
     "What becomes of a post that the list changes and whose author's domain asks others to refuse what is changed: "
     "nothing (none), the list's address stands in From (munge), the post goes inside a message of the list (wrap), or "
     "it is refused (reject).",
     "", ""},
    {S::dmarc_from, "dmarc_from", T::choice, "quarantine", "reject|quarantine|all", 0, 0,
     "Which DMARC policies of the author's domain count for dmarc: reject alone, quarantine as well, or any (all).", "",
     ""},
    {S::antivirus, "antivirus", T::choice, "", "yes|no", 0, 0,
     "Whether posts are scanned before they pass; empty: yes where site.conf has a scanner.", "TR-20", ""},
    {S::antivirus_action, "antivirus_action", T::choice, "reject", "reject|discard|hold", 0, 0,
     "What becomes of a post in which the scanner found something; its author is told only when a member.", "TR-20",
     ""},
    {S::scanner_down, "scanner_down", T::choice, "", "defer|hold", 0, 0,
     "What becomes of a post while the scanner does not answer: it stays with the mail server, which tries again "
     "(defer), or waits for a moderator (hold); empty: as site.conf says.",
     "TR-20", ""},
    // asking
    {S::advertise, "advertise", T::patterns, "", "", 0, 0,
     "Show the list in LISTS only to addresses that match; empty: to all.", "TR-31", ""},
    {S::noadvertise, "noadvertise", T::patterns, "", "", 0, 0,
     "Hide the list in LISTS from addresses that match, except from members.", "TR-31", ""},
    {S::who_access, "who_access", T::choice, "closed", kAccess, 0, 0,
     "Who may read the roster: anyone, nobody but the owner, or members.", "TR-27", ""},
    {S::which_access, "which_access", T::choice, "closed", kAccess, 0, 0,
     "Who may ask whether another address is on the list; whole addresses only, one's own always.", "TR-28", ""},
    {S::info_access, "info_access", T::choice, "list", kAccess, 0, 0, "Who may read the info text.", "TR-30", ""},
    {S::intro_access, "intro_access", T::choice, "list", kAccess, 0, 0, "Who may read the intro text.", "TR-30", ""},
    {S::get_access, "get_access", T::choice, "list", kAccess, 0, 0, "Who may get files and archives.", "TR-29", ""},
    {S::index_access, "index_access", T::choice, "list", kAccess, 0, 0,
     "Who may see which files and archives there are.", "TR-29", ""},
    {S::commands_off, "commands_off", T::line, "", "", 0, 0,
     "Commands switched off for this list, separated by blanks.", "TR-26", ""},
    {S::command_passwords, "command_passwords", T::boolean, "yes", "", 0, 0,
     "Whether a password behind a command of LISTSERV's (PW=) counts; no: such a command is confirmed by a code.", "",
     ""},
    // answering by itself
    {S::autorespond_postings, "autorespond_postings", T::boolean, "no", "", 0, 0,
     "Answer whoever posts with autoresponse_postings_text.", "", ""},
    {S::autorespond_admin, "autorespond_admin", T::boolean, "no", "", 0, 0,
     "Answer whoever writes to LIST-owner with autoresponse_admin_text.", "", ""},
    {S::autorespond_requests, "autorespond_requests", T::choice, "no", "no|discard|process", 0, 0,
     "Answer whoever sends commands with autoresponse_request_text, and do nothing else (discard) or what they ask "
     "(process).",
     "", ""},
    {S::autoresponse_postings_text, "autoresponse_postings_text", T::lines, "", "", 0, 0,
     "That answer; $LIST, $REQUEST and $OWNER are filled in. Empty: none is sent.", "", ""},
    {S::autoresponse_admin_text, "autoresponse_admin_text", T::lines, "", "", 0, 0, "Likewise.", "", ""},
    {S::autoresponse_request_text, "autoresponse_request_text", T::lines, "", "", 0, 0, "Likewise.", "", ""},
    {S::autoresponse_graceperiod, "autoresponse_graceperiod", T::integer, "90", "", 0, 365,
     "Days in which nobody gets the same of these answers again; 0: each time, but for replies_per_day.", "TR-37", ""},
    // keeping
    {S::archive, "archive", T::boolean, "yes", "", 0, 0, "Keep every distributed post in the list's archive.", "", ""},
    {S::comments, "comments", T::lines, "", "", 0, 0, "The owner's own remarks; nobody else sees them.", "", ""},
    {S::date_info, "date_info", T::boolean, "yes", "", 0, 0,
     "newinfo puts the date on top of the info text (yes), or info says it below (no).", "", ""},
    {S::date_intro, "date_intro", T::boolean, "yes", "", 0, 0,
     "newintro puts the date on top of the intro text (yes), or intro says it below (no).", "", ""},
    // what comes back
    {S::bounce_processing, "bounce_processing", T::choice, "yes", "yes|report|no", 0, 0,
     "What becomes of delivery reports: counted, and members who cannot be reached suspended (yes); counted and "
     "reported to the owner only (report); passed on to the owner (no).",
     "", ""},
    {S::bounce_threshold, "bounce_threshold", T::integer, "5", "", 1, 1000,
     "Score at which a member is probed: a day with a dead mailbox counts 1, one with a full or unreachable one a "
     "half.",
     "", ""},
    {S::bounce_delay_days, "bounce_delay_days", T::integer, "0", "", 0, 365,
     "Days of failures after which a member is probed whatever the score; 0: the score alone decides.", "", ""},
    {S::bounce_stale_days, "bounce_stale_days", T::integer, "7", "", 1, 365,
     "Days without a failure after which all earlier ones are forgotten.", "", ""},
    {S::bounce_warnings, "bounce_warnings", T::integer, "3", "", 0, 20,
     "Letters to a suspended member before it is removed; 0: removed at once.", "", ""},
    {S::bounce_warning_days, "bounce_warning_days", T::integer, "7", "", 1, 60, "Days between these letters.", "", ""},
    {S::bounce_unsigned, "bounce_unsigned", T::boolean, "no", "", 0, 0,
     "Also count reports that came back to no signed address, at half weight, in the standard form only: such a report "
     "can be forged.",
     "", ""},
    {S::bounce_unrecognized, "bounce_unrecognized", T::choice, "owner", "owner|discard", 0, 0,
     "What becomes of reports that count for nobody.", "", ""},
    {S::bounce_report, "bounce_report", T::boolean, "yes", "", 0, 0,
     "Tell the owner once a day whose mail failed, who was suspended, removed or is back.", "", ""},
    {S::bounce_tell_counted, "bounce_tell_counted", T::boolean, "no", "", 0, 0,
     "Tell the owner at once of every failure that counts.", "", ""},
    {S::bounce_tell_suspended, "bounce_tell_suspended", T::boolean, "no", "", 0, 0,
     "Tell the owner at once when a member is suspended.", "", ""},
    {S::bounce_tell_removed, "bounce_tell_removed", T::boolean, "no", "", 0, 0,
     "Tell the owner at once when a suspended member is removed.", "", ""},
    {S::verp, "verp", T::choice, "probe", "no|probe|always", 0, 0,
     "Which copies of a post have a signed return address of their own: none, each member's in turn and those of "
     "members "
     "something came back from (probe), or all.",
     "", ""},
    {S::verp_probe_days, "verp_probe_days", T::integer, "30", "", 1, 365,
     "With verp = probe: days within which each member has one such copy.", "", ""},
    {S::verp_interval, "verp_interval", T::integer, "1", "", 1, 1000,
     "With verp = always: only every so many posts are sent this way.", "", ""},
    // digests
    {S::digest_of, "digest_of", T::word, "", "", 0, 0,
     "This list, whose name must be NAME-digest, gets the posts of the list NAME as digests: put NAME here.", "", ""},
    {S::digest_format, "digest_format", T::choice, "plain", "plain|mime", 0, 0,
     "Form of a digest: one text (RFC 1153), or the posts as they were (MIME); each member may choose another.", "",
     ""},
    {S::digest_name, "digest_name", T::line, "", "", 0, 0,
     "Name in the Subject and banner of digests; empty: the list's name.", "", ""},
    {S::digest_volume, "digest_volume", T::integer, "1", "", 1, kUnbounded,
     "Volume of digests; another one begins again with the issue digest_issue.", "", ""},
    {S::digest_issue, "digest_issue", T::integer, "1", "", 1, kUnbounded,
     "Number of the first digest of a volume; from there it is counted on. Another number here is that of the next.",
     "", ""},
    {S::digest_maxdays, "digest_maxdays", T::integer, "1", "", 1, 366,
     "Days that the oldest post waits at most for its digest.", "", ""},
    {S::digest_hour, "digest_hour", T::integer, "", "", 0, 23,
     "Hour (UTC) at which what waits is sent as a digest each day; empty: no such hour.", "", ""},
    {S::digest_maxlines, "digest_maxlines", T::integer, "", "", 1, kUnbounded,
     "Lines of posts at which a digest is sent; maxlength says at how many octets.", "", ""},
    {S::digest_rm_fronter, "digest_rm_fronter", T::word, "", "", 0, 0,
     "List whose fronter posts in a digest do not have: put NAME of digest_of here.", "", ""},
    {S::digest_rm_footer, "digest_rm_footer", T::word, "", "", 0, 0,
     "List whose footer posts in a digest do not have: put NAME of digest_of here.", "", ""},
    // known, not obeyed
    {S::debug, "debug", T::boolean, "no", "", 0, 0, "Majordomo's switch to send nothing.", "", "kept_debug"},
    {S::mungedomain, "mungedomain", T::boolean, "no", "", 0, 0, "Majordomo's loose comparison of domains.", "",
     "kept_mungedomain"},
    {S::archive_dir, "archive_dir", T::line, "", "", 0, 0, "Directory of the archive.", "", "kept_archive_dir"},
    {S::digest_archive, "digest_archive", T::line, "", "", 0, 0, "Directory of sent digests.", "", kNoDigestPaths},
    {S::digest_work_dir, "digest_work_dir", T::line, "", "", 0, 0, "Directory where digests are put together.", "",
     kNoDigestPaths},
    // secrets: taken from a configuration, hashed, and kept elsewhere
    {S::admin_passwd, "admin_passwd", T::secret, "", "", 0, 0,
     "Password of the owner's commands; only its hash is kept, in the file passwords.", "TR-23", ""},
    {S::approve_passwd, "approve_passwd", T::secret, "", "", 0, 0,
     "Password that approves a post; only its hash is kept, in the file passwords.", "TR-24", ""},
};

consteval bool is_in_order() {
  std::size_t row = 0;
  for (const SettingSpec& spec : kSettings) {
    if (static_cast<std::size_t>(spec.setting) != row++) return false;
  }
  return row == static_cast<std::size_t>(Setting::approve_passwd) + 1;
}
static_assert(is_in_order(), "a setting without a row, or a row out of place");

std::unordered_map<std::string_view, const SettingSpec*> index_by_name() {
  std::unordered_map<std::string_view, const SettingSpec*> index;
  for (const SettingSpec& spec : kSettings) index.emplace(spec.name, &spec);
  return index;
}

}  // namespace

std::span<const SettingSpec> all_settings() { return kSettings; }

const SettingSpec& spec_of(Setting setting) { return kSettings[static_cast<std::size_t>(setting)]; }

const SettingSpec* find_setting(std::string_view name) {
  static const auto kIndex = index_by_name();
  const auto found = kIndex.find(to_lower_ascii(name));
  return found == kIndex.end() ? nullptr : found->second;
}

}  // namespace majlis::lists
