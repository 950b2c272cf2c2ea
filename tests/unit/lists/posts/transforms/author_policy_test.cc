#include "lists/posts/transforms/author_policy.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

using store::DomainPolicy;
using Asks = DomainPolicy::Asks;
using Record = DomainPolicy::Record;

TEST(AuthorPolicy, IsAskedForByTheseRecords) {
  struct Case {
    DomainPolicy policy;
    bool reject, quarantine, all;
  };
  const Case cases[] = {
      {{Record::none, Asks::nothing, false}, false, false, false},
      {{Record::unknown, Asks::nothing, false}, true, true, true},
      {{Record::found, Asks::nothing, false}, false, false, true},
      {{Record::found, Asks::quarantine, false}, false, true, true},
      {{Record::found, Asks::reject, false}, true, true, true},
      // Under test one step lower (RFC 9989 4.7).
      {{Record::found, Asks::nothing, true}, false, false, true},
      {{Record::found, Asks::quarantine, true}, false, false, true},
      {{Record::found, Asks::reject, true}, false, true, true},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(asks_for_it(each.policy, "reject"), each.reject);
    EXPECT_EQ(asks_for_it(each.policy, "quarantine"), each.quarantine);
    EXPECT_EQ(asks_for_it(each.policy, "all"), each.all);
  }
}

}  // namespace
}  // namespace majlis::lists
