#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

class ConfigChange : public AdminSite {};

constexpr const char* kSaid =
    "not obeyed: reply_to_mode: reply_to is set and takes precedence; leave reply_to empty to have this obeyed\n";

TEST_F(ConfigChange, SetSaysWhatHasNoEffectBesideWhatIsSetAlready) {
  make_list("cooks", "reply_to = $SENDER\n");
  EXPECT_EQ(majlis({"config", "cooks", "set", "reply_to_mode", "list"}).out, kSaid);
  EXPECT_EQ(majlis({"config", "cooks", "set", "moderate", "yes"}).out, "") << "that was said";
  EXPECT_EQ(majlis({"config", "cooks", "unset", "reply_to"}).out, "");
}

TEST_F(ConfigChange, SetSaysWhatItTakesTheEffectFrom) {
  make_list("cooks", "reply_to_mode = list\n");
  EXPECT_EQ(majlis({"config", "cooks", "set", "reply_to", "$SENDER"}).out, kSaid);
}

}  // namespace
}  // namespace majlis::bin::admin
