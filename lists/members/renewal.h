#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

// Subscriptions that last for a time (setting `renewal`): the member is asked, an answer renews, silence ends it. With
// `probe` nobody has to answer: a letter goes out, and only its failure counts
// (lists/members/bounces/bounce_register.h).
namespace majlis::lists {

// One item a list that has the setting: a look at its members once a day, in slices; the value is where it goes on.
constexpr std::string_view kRenewal = "renewal";
// One item a member who was asked: the end. The id is the address, the value "RENEWED ASKED JOB": the date of the
// subscription that ends (its last renewal or its beginning), and the letter's date and job. Without the last two the
// letter did not arrive: nobody goes, and the member is not asked again before then.
constexpr std::string_view kRenewalEnd = "renewal_end";

// What the configuration of a list says about renewal; for whoever saved or found another one.
struct RenewalWish {
  std::string list;
  bool is_on = false;
};
RenewalWish renewal_wish(std::string_view list, const ListConfig& config);
// Makes the list's item come or go, and with it the ends; one that is there already stays as it is. The second form
// opens and commits.
Status heed_renewal_wish(store::Writer& state, const RenewalWish& wish, UnixTime now);
Status heed_renewal_wishes(const Site& site, const std::vector<RenewalWish>& wishes, UnixTime now);

// The subscription begins anew: the member has answered, or did something only it can do. Its question is void.
Status renew_subscription(store::Writer& state, const List& list, const store::Member& member, UnixTime now);

// Timed work. The next slice of members: whoever's time is over is asked or probed, except the suspended (their own
// letters come first) and those with the option norenew. At most so many letters a slice, and so many a day that a
// whole list is asked within renewal_delay_days; one mailbox gets at most challenges_per_day of the site.
Status ask_for_renewals(Work& work, const List& list, const store::DueItem& item);
// A member that did not answer goes, with a letter and a line in the owner's report; unless its subscription does not
// end by the rule of today, or its letter still lies in the spool: then it gets as much time again.
Status end_unrenewed(Work& work, const List& list, const store::DueItem& item);

// Mail to the member was lost: this job, or what came back to a return address of this day (since 1970). If it is the
// letter that asked the member, the question is void; it is asked again when renewal_delay_days are over.
Status void_lost_question(Work& work, const List& list, const store::Member& member, std::string_view job);
Status void_returned_question(Work& work, const List& list, const store::Member& member, UnixTime day);

}  // namespace majlis::lists
