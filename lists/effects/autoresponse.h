#pragma once

#include "lists/effects/arrival.h"
#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// What a list answers by itself to whoever writes to it, as Mailman's autoresponder.

enum class AnsweredMail { postings, owner_mail, requests };

// Whether requests have that answer and nothing else.
bool discards_requests(const ListConfig& config);

// Adds that answer to the work, to the author of the message, where the list has one for such mail. Nobody gets the
// same one again within autoresponse_graceperiod; machines, lists and who sends "X-Ack: no" get none. It counts with
// letters to authors: replies_per_day of the address, author_letters_per_day of the list, which bound what is
// remembered as well.
Status answer_by_itself(Work& work, const List& list, AnsweredMail mail, const Arrival& arrival);

}  // namespace majlis::lists
